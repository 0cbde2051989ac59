import type { Value } from './program.ts';

const view = new DataView(new ArrayBuffer(8));

/** A value as JavaScript passes it to an export. */
export function toJs([type, bits]: Value): unknown {
  switch (type) {
    case 'i32':
      return Number(BigInt.asIntN(32, BigInt(bits)));
    case 'i64':
      return BigInt.asIntN(64, BigInt(bits));
    case 'f32':
      view.setUint32(0, Number(bits));
      return view.getFloat32(0);
    case 'f64':
      view.setBigUint64(0, BigInt(bits));
      return view.getFloat64(0);
    case 'funcref':
      return null;
    case 'externref':
      return bits === '0' ? null : { reference: bits };
  }
}

/**
 * A value as text in the form that the oracles use too. JavaScript does not say whether a number is an i32, an f32
 * or an f64, so each is told by its bits as an f64, which holds all of them; every NaN is `nan`.
 */
export function textOf(value: unknown): string {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'number') return value === null ? 'null' : 'ref';
  if (Number.isNaN(value)) return 'nan';
  view.setFloat64(0, value);
  return view.getBigUint64(0).toString(16).padStart(16, '0');
}
