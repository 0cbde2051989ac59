import { emptyBlockType, op } from '../emit.ts';
import type { ByteReader } from '../../wasm/byteReader.ts';
import type { ByteWriter } from '../../wasm/byteWriter.ts';
import { valueType } from '../../wasm/types.ts';
import {
  type TreeLocals,
  writeAddSize,
  writeCall,
  writeCount,
  writeEnter,
  writeGrown,
  writeLeave,
  writeReturned,
} from './callTree.ts';
import type { Insertion } from './insertions.ts';
import type { ProfilePlan, TreePlan } from './profilePlan.ts';

const minusOne = 0x7f;

/** Copies the bodies of a metered module with the insertions, all of them ascending. */
export function writeBodies(
  reader: ByteReader,
  insertions: readonly Insertion[],
  plan: ProfilePlan,
  out: ByteWriter,
  copy: (from: number, to: number) => void,
): void {
  const { layout, tree } = plan;
  let next = 0;
  for (let index = 0; !reader.atEnd; index++) {
    const body = reader.sub(reader.u32());
    const { end } = body;
    const size = out.placeholder();
    let from = body.position;
    let write = (insertion: Insertion) => writeCounter(insertion, plan, out);
    if (tree !== null && next < insertions.length && insertions[next]!.at < end) {
      const type = layout.types[layout.functions[layout.importedFunctions + index]!]!;
      const locals = addLocals(body, type.parameterCount, out);
      from = body.position;
      write = (insertion) => writeInTree(insertion, index, plan, tree, locals, out);
    }
    for (; next < insertions.length && insertions[next]!.at < end; next++) {
      const insertion = insertions[next]!;
      copy(from, insertion.at);
      from = insertion.at;
      write(insertion);
    }
    copy(from, end);
    out.patchLength(size);
  }
}

/** Copies a body's declarations of locals and adds the tree's; the reader is at its code then. */
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
  out.raw(3, valueType.i32);
  return { own: locals, before: locals + 1, beforeSlot: locals + 2 };
}

/** Where calls are not followed: each counter is a global. */
function writeCounter({ kind, index }: Insertion, plan: ProfilePlan, out: ByteWriter): void {
  if (kind === 'count') {
    const counter = plan.firstCounter + index;
    global(out, op.globalGet, counter);
    out.raw(op.i64Const, 1, op.i64Add);
    global(out, op.globalSet, counter);
  } else {
    const counter = plan.firstCounter + plan.points.at.length + index;
    writeSized(kind, plan, out, () => {
      global(out, op.globalGet, counter);
      global(out, op.globalGet, plan.size);
      out.raw(op.i64ExtendI32U, op.i64Add);
      global(out, op.globalSet, counter);
    });
  }
}

/** Where calls are followed: the counters are in the node of the call. */
function writeInTree(
  { kind, index }: Insertion,
  functionIndex: number,
  plan: ProfilePlan,
  tree: TreePlan,
  locals: TreeLocals,
  out: ByteWriter,
): void {
  const { functionPoints, functionSized } = plan.points;
  const firstPoint = functionPoints[functionIndex]!;
  switch (kind) {
    case 'count':
      writeCount(out, tree, locals, index - firstPoint);
      break;
    case 'enter':
      writeEnter(out, tree, locals, index, tree.enteredByHost.has(index));
      break;
    case 'call':
      writeCall(out, tree, locals, tree.memoryLayout.functions[functionIndex]!.slots + 4 * index);
      break;
    case 'returned':
      writeReturned(out, tree, locals);
      break;
    case 'leave':
      writeLeave(out, tree, locals);
      break;
    case 'grown':
      writeGrown(out, tree, locals, index);
      break;
    default: {
      const counter =
        functionPoints[functionIndex + 1]! - firstPoint + (index - functionSized[functionIndex]!);
      writeSized(kind, plan, out, () => writeAddSize(out, tree, locals, counter, plan.size));
    }
  }
}

/** Keeps a sized operator's operand, and adds it where the operator was charged. */
function writeSized(
  kind: Insertion['kind'],
  { size, result }: ProfilePlan,
  out: ByteWriter,
  add: () => void,
): void {
  if (kind === 'before size') {
    global(out, op.globalSet, size);
    global(out, op.globalGet, size);
  } else if (kind === 'after size') add();
  else if (kind === 'after grow') {
    global(out, op.globalSet, result);
    global(out, op.globalGet, result);
    out.raw(op.i32Const, minusOne, op.i32Ne, op.if, emptyBlockType);
    add();
    out.u8(op.end);
    global(out, op.globalGet, result);
  }
}

function global(out: ByteWriter, opcode: number, index: number): void {
  out.u8(opcode);
  out.u32(index);
}
