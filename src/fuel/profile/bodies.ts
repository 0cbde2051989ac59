import { emptyBlockType, op } from '../emit.ts';
import type { ByteReader } from '../../wasm/byteReader.ts';
import type { ByteWriter } from '../../wasm/byteWriter.ts';
import { valueType } from '../../wasm/types.ts';
import {
  type TreeLocals,
  writeAdd,
  writeAddSize,
  writeEnter,
  writeGrown,
  writeLeave,
  writeReturned,
} from './callTree.ts';
import type { Insertion } from './insertions.ts';
import type { ProfilePlan } from './profilePlan.ts';

const minusOne = 0x7f;

/** Copies the bodies of a metered module with the insertions, all of them ascending. */
export function writeBodies(
  reader: ByteReader,
  insertions: readonly Insertion[],
  plan: ProfilePlan,
  out: ByteWriter,
  copy: (from: number, to: number) => void,
): void {
  const { layout } = plan;
  let next = 0;
  for (let index = layout.importedFunctions; !reader.atEnd; index++) {
    const body = reader.sub(reader.u32());
    const { end } = body;
    const size = out.placeholder();
    let from = body.position;
    let locals: TreeLocals | null = null;
    if (plan.tree !== null && next < insertions.length && insertions[next]!.at < end) {
      locals = addLocals(body, layout.types[layout.functions[index]!]!.parameterCount, out);
      from = body.position;
    }
    for (; next < insertions.length && insertions[next]!.at < end; next++) {
      const insertion = insertions[next]!;
      copy(from, insertion.at);
      from = insertion.at;
      writeInsertion(insertion, plan, locals, out);
    }
    copy(from, end);
    out.patchLength(size);
  }
}

/** Copies a body's declarations of locals and adds two; the reader is at its code then. */
function addLocals(body: ByteReader, parameters: number, out: ByteWriter): TreeLocals {
  const groups = body.u32();
  out.u32(groups + 1);
  const from = body.position;
  let locals = parameters;
  for (let left = groups; left > 0; left--) {
    locals += body.u32();
    body.u8();
  }
  out.copy(body.bytes, from, body.position);
  out.raw(2, valueType.i32);
  return { own: locals, before: locals + 1 };
}

function writeInsertion(
  { kind, index, units }: Insertion,
  plan: ProfilePlan,
  locals: TreeLocals | null,
  out: ByteWriter,
): void {
  const { tree, size, result } = plan;
  const counter = plan.firstCounter + index;
  const get = (global: number) => {
    out.u8(op.globalGet);
    out.u32(global);
  };
  const set = (global: number) => {
    out.u8(op.globalSet);
    out.u32(global);
  };
  const addSize = () => {
    get(counter);
    get(size);
    out.raw(op.i64ExtendI32U, op.i64Add);
    set(counter);
    if (tree !== null && locals !== null) writeAddSize(out, tree, locals, size);
  };
  switch (kind) {
    case 'count':
      get(counter);
      out.raw(op.i64Const, 1, op.i64Add);
      set(counter);
      if (tree !== null && locals !== null) writeAdd(out, tree, locals, units);
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
    case 'grown':
      if (tree !== null && locals !== null) writeGrown(out, tree, locals, index);
      break;
    case 'enter':
      if (tree !== null && locals !== null) writeEnter(out, tree, locals, plan.cache(index), index);
      break;
    case 'returned':
      if (tree !== null && locals !== null) writeReturned(out, tree, locals);
      break;
    case 'leave':
      if (tree !== null && locals !== null) writeLeave(out, tree, locals);
      break;
  }
}
