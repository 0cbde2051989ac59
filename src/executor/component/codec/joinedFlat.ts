import type { FlatType, FlatValue } from './codec.ts';

/**
 * The cases of a variant share their core values: where two disagree on a type, a wider one carries both, by its
 * bits (CanonicalABI.md, flattening).
 */
export function joinFlat(a: readonly FlatType[], b: readonly FlatType[]): FlatType[] {
  const [longer, shorter] = a.length >= b.length ? [a, b] : [b, a];
  return longer.map((type, i) => {
    const other = shorter[i];
    if (other === undefined || other === type) return type;
    const small = (t: FlatType): boolean => t === 'i32' || t === 'f32';
    return small(type) && small(other) ? 'i32' : 'i64';
  });
}

const scratch = new DataView(new ArrayBuffer(8));

/** The core values of one case out of the shared ones, which start at `from`. */
export function narrow(
  values: readonly FlatValue[],
  from: number,
  shared: readonly FlatType[],
  own: readonly FlatType[],
): FlatValue[] {
  return own.map((type, i) => narrowOne(values[from + i]!, shared[i]!, type));
}

function narrowOne(value: FlatValue, shared: FlatType, own: FlatType): FlatValue {
  if (shared === own) return value;
  if (shared === 'i32') scratch.setInt32(0, value as number, true);
  else scratch.setBigInt64(0, value as bigint, true);
  if (own === 'i32') return scratch.getInt32(0, true);
  return own === 'f32' ? scratch.getFloat32(0, true) : scratch.getFloat64(0, true);
}

/** Puts the core values of one case into the shared ones from `at` on, with zeros for what it does not use. */
export function widen(
  values: readonly FlatValue[],
  own: readonly FlatType[],
  shared: readonly FlatType[],
  into: FlatValue[],
  at: number,
): void {
  shared.forEach((type, i) => {
    const ownType = own[i];
    into[at + i] = ownType === undefined ? (type === 'i64' ? 0n : 0) : widenOne(values[i]!, ownType, type);
  });
}

function widenOne(value: FlatValue, own: FlatType, shared: FlatType): FlatValue {
  if (shared === own) return value;
  scratch.setBigUint64(0, 0n);
  if (own === 'i32') scratch.setInt32(0, value as number, true);
  else if (own === 'f32') scratch.setFloat32(0, value as number, true);
  else scratch.setFloat64(0, value as number, true);
  return shared === 'i32' ? scratch.getInt32(0, true) : scratch.getBigInt64(0, true);
}
