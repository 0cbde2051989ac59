import type { CanonContext } from '../context.ts';

/** A core value type that component values are flattened to. */
export type FlatType = 'i32' | 'i64' | 'f32' | 'f64';
/** An i64 is a bigint, anything else a number. */
export type FlatValue = number | bigint;

/**
 * How values of one type cross between JavaScript and a guest (Component Model, CanonicalABI.md): in memory, where
 * the caller has checked bounds and alignment, and as core values, which stand in `flat` from `at` on.
 */
export interface Codec {
  /** Bytes in memory. */
  readonly size: number;
  readonly align: 1 | 2 | 4 | 8;
  /** Cut after {@link mostFlat} + 1, since nothing longer is ever passed flat. */
  readonly flat: readonly FlatType[];
  load(cx: CanonContext, at: number): unknown;
  store(cx: CanonContext, value: unknown, at: number): void;
  lift(cx: CanonContext, flat: readonly FlatValue[], at: number): unknown;
  lower(cx: CanonContext, value: unknown, flat: FlatValue[], at: number): void;
}

/** Parameters beyond this many core values are passed in memory. */
export const mostFlat = 16;

/** The next offset, in bytes, that is a multiple of `align`. */
export function alignTo(offset: number, align: number): number {
  return Math.ceil(offset / align) * align;
}
