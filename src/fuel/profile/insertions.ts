import type { ByteWriter } from '../../wasm/byteWriter.ts';
import type { CountingPoints } from './countingPoints.ts';
import type { Runs } from './runs.ts';

/** Code to insert into a metered module. */
export interface Insertion {
  /** Offset in the metered module of the byte before which it goes. */
  readonly at: number;
  readonly what: 'count' | 'before size' | 'after size' | 'after grow';
  /** Of its counter. */
  readonly counter: number;
}

/** What the points need, in the order in which it stands in the metered module. */
export function insertionsOf({ at, sized }: CountingPoints, metered: Runs): Insertion[] {
  const insertions: Insertion[] = [];
  const insert = (source: number, what: Insertion['what'], counter: number) => {
    const place = metered.place(source);
    if (place === null) throw new Error(`nothing of offset ${source} is in the metered module`);
    insertions.push({ at: place, what, counter });
  };
  // What follows a sized operator goes before what precedes its successor: the sort keeps this order.
  sized.forEach((operator, n) =>
    insert(operator.end, operator.grows ? 'after grow' : 'after size', at.length + n),
  );
  at.forEach((source, n) => insert(source, 'count', n));
  sized.forEach((operator, n) => insert(operator.at, 'before size', at.length + n));
  return insertions.sort((a, b) => a.at - b.at);
}

const op = {
  if: 0x04,
  end: 0x0b,
  globalGet: 0x23,
  globalSet: 0x24,
  i32Const: 0x41,
  i64Const: 0x42,
  i32Ne: 0x47,
  i64Add: 0x7c,
  i64ExtendI32U: 0xad,
} as const;
const emptyBlockType = 0x40;
const minusOne = 0x7f;

/**
 * Writes it.
 *
 * @param firstGlobal index of the first counter
 * @param counters how many there are; after them come the globals for a size and for the result of a grow
 */
export function writeInsertion(
  { what, counter }: Insertion,
  firstGlobal: number,
  counters: number,
  out: ByteWriter,
): void {
  const global = firstGlobal + counter;
  const size = firstGlobal + counters;
  const result = size + 1;
  const get = (index: number) => {
    out.u8(op.globalGet);
    out.u32(index);
  };
  const set = (index: number) => {
    out.u8(op.globalSet);
    out.u32(index);
  };
  const addSize = () => {
    get(global);
    get(size);
    out.raw(op.i64ExtendI32U, op.i64Add);
    set(global);
  };
  switch (what) {
    case 'count':
      get(global);
      out.raw(op.i64Const, 1, op.i64Add);
      set(global);
      break;
    case 'before size':
      set(size);
      get(size);
      break;
    case 'after size':
      addSize();
      break;
    case 'after grow':
      set(result);
      get(result);
      out.raw(op.i32Const, minusOne, op.i32Ne, op.if, emptyBlockType);
      addSize();
      out.u8(op.end);
      get(result);
      break;
  }
}
