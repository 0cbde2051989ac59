import { emptyBlockType, hasMemoryIndex, op } from '../emit.ts';
import { ByteWriter } from '../../wasm/byteWriter.ts';
import { valueType } from '../../wasm/types.ts';

/**
 * The tree of calls, which instrumented code keeps in a memory of its own: a node for each function in each context
 * that it was called in. A context is the caller's node, and what is inlined in it at the call. A function that is
 * called while it is active goes on in the node that it has, so that recursion of any depth takes few nodes.
 *
 * An entry is a node, or stands among its parent's children for a node above it. A node goes on with a counter of 64
 * bits for each of its function's points and sized operators, and with an address of 32 bits for each of its slots: of
 * the node that was last called through there. All fields are little-endian. Between entries stand notes of memory that
 * grew, as {@link growthNote} has it: no child list leads there.
 */
export const entry = {
  /** One more than the index among the module's defined functions; 0 for the root. */
  function: 0,
  parent: 4,
  firstChild: 8,
  nextSibling: 12,
  /** Address of the node: the entry's own, or of a node above. */
  node: 16,
  /** Address of the parent's slot that it was called through. */
  slot: 20,
  size: 24,
} as const;

/** A note of growth, in an entry's place; its `node` is 0. */
export const growthNote = {
  /** In `function`, which no entry has. */
  mark: -1,
  /** Address of the node that grew the memory. */
  node: entry.parent,
  /** Pages that the memory had then. */
  pages: entry.firstChild,
  /** Sum of all units until then; 64 bits, in the place of a node's first counter. */
  units: entry.size,
  size: entry.size + 8,
} as const;

/**
 * What the memory has of each defined function, one after the other, before any code runs. The function's node beyond
 * the tree is one that has all calls for whose nodes the memory has no room.
 */
export const functionRecord = {
  /** Bytes of a node. */
  nodeSize: 0,
  counters: 4,
  /** Address of what each counter counts, in units of 32 bits. */
  weights: 8,
  /** Address of the node beyond the tree. */
  beyond: 12,
  size: 16,
} as const;

/** Address of the root; 0 is no entry. */
export const rootEntry = 64;

/** Of the one slot of the root, for what the host calls. */
export const rootSlot = rootEntry + entry.size;

/** Address of a number that is not 0 once a node beyond the tree was called. */
export const goesBeyond = 8;

/** Address of the first {@link functionRecord}. */
export const functionRecords = 128;

/** 64 MiB; calls beyond them count for the node of their function beyond the tree. */
export const mostTreePages = 1024;

/** Indices of what the tree needs in the instrumented module. */
export interface TreeIndices {
  readonly memory: number;
  /** Global: address of the node that runs. */
  readonly current: number;
  /** Global: address of the slot that the next call goes through. */
  readonly slot: number;
  /** Global: one past the last entry. */
  readonly top: number;
  /** The functions of {@link enterFunction} and {@link grownFunction}. */
  readonly enter: number;
  readonly grown: number;
  /** Addresses of the first node beyond the tree, and of the first entry that is made at run time. */
  readonly firstBeyond: number;
  readonly firstEntry: number;
}

/** Writes single operators; each method is one. */
class Assembler {
  private readonly out: ByteWriter;
  private readonly memory: number;

  constructor(out: ByteWriter, memory: number) {
    this.out = out;
    this.memory = memory;
  }

  with(opcode: number, index: number): this {
    this.out.u8(opcode);
    this.out.u32(index);
    return this;
  }

  get(local: number): this {
    return this.with(op.localGet, local);
  }

  raw(...bytes: number[]): this {
    this.out.raw(...bytes);
    return this;
  }

  constant(value: number): this {
    this.out.u8(op.i32Const);
    this.out.signed(value);
    return this;
  }

  /** A load or store of 4 or 8 bytes. */
  access(opcode: number, offset: number): this {
    const isWide = opcode === op.i64Load || opcode === op.i64Store;
    this.out.raw(opcode, hasMemoryIndex | (isWide ? 3 : 2));
    this.out.u32(this.memory);
    this.out.u32(offset);
    return this;
  }
}

/** The body of `enter (slot, function) -> node`: finds or makes the node of a function that the current node calls. */
export function enterFunction({ memory, current, top }: TreeIndices): Uint8Array {
  const out = new ByteWriter(256);
  const code = new Assembler(out, memory);
  const [slot, called, node, child, above, size] = [0, 1, 2, 3, 4, 5];
  const load = (local: number, field: number) => code.get(local).access(op.i32Load, field);
  const store = (local: number, field: number, value: number) =>
    code.get(local).get(value).access(op.i32Store, field);
  /** Returns what a local holds, and lets the slot lead there. */
  const answer = (local: number) => {
    store(slot, 0, local);
    code.get(local).raw(op.return);
  };
  out.raw(1, 4, valueType.i32);
  code.with(op.globalGet, current).with(op.localSet, node);
  // Among the children.
  load(node, entry.firstChild).with(op.localSet, child);
  out.raw(op.block, emptyBlockType, op.loop, emptyBlockType);
  code.get(child).raw(op.i32Eqz, op.brIf, 1);
  load(child, entry.function).get(called).raw(op.i32Eq);
  load(child, entry.slot).get(slot).raw(op.i32Eq, op.i32And, op.if, emptyBlockType);
  load(child, entry.node).with(op.localSet, above);
  answer(above);
  out.u8(op.end);
  load(child, entry.nextSibling).with(op.localSet, child).raw(op.br, 0, op.end, op.end);
  // Among the nodes above, this one included.
  code.get(node).with(op.localSet, above);
  out.raw(op.block, emptyBlockType, op.loop, emptyBlockType);
  load(above, entry.function).get(called).raw(op.i32Eq, op.brIf, 1);
  load(above, entry.parent).with(op.localTee, above).raw(op.brIf, 0, op.end, op.end);
  // A new entry, in a larger memory where this one is full.
  code.get(above).raw(op.if, valueType.i32).constant(entry.size).raw(op.else);
  record(code, called, functionRecord.nodeSize).raw(op.end).with(op.localSet, size);
  code.with(op.globalGet, top).with(op.localSet, child);
  makeRoom(code, out, memory, child, size);
  code.get(above).raw(op.i32Eqz, op.if, emptyBlockType);
  record(code, called, functionRecord.beyond).with(op.localSet, above);
  code.constant(0).constant(1).access(op.i32Store, goesBeyond).raw(op.end);
  answer(above);
  code.raw(op.end, op.end);
  code.get(child).get(size).raw(op.i32Add).with(op.globalSet, top);
  store(child, entry.function, called);
  store(child, entry.parent, node);
  store(child, entry.slot, slot);
  code.get(child);
  load(node, entry.firstChild).access(op.i32Store, entry.nextSibling);
  store(node, entry.firstChild, child);
  code.get(above).raw(op.i32Eqz, op.if, emptyBlockType).get(child).with(op.localSet, above).raw(op.end);
  store(child, entry.node, above);
  answer(above);
  code.raw(op.unreachable, op.end);
  return out.written();
}

/** Loads a field of the record of the function in a local, which counts from 1. */
function record(code: Assembler, called: number, field: number): Assembler {
  code.get(called).constant(Math.log2(functionRecord.size)).raw(op.i32Shl);
  return code.access(op.i32Load, functionRecords - functionRecord.size + field);
}

/** The body of `grown (node, pages)`: notes how large a memory is now, and what the module has used so far. */
export function grownFunction({ memory, top, firstBeyond, firstEntry }: TreeIndices): Uint8Array {
  const out = new ByteWriter(256);
  const code = new Assembler(out, memory);
  const [node, pages, at, called, weight, left, size, units] = [0, 1, 2, 3, 4, 5, 6, 7];
  out.raw(2, 5, valueType.i32, 1, valueType.i64);
  // What all nodes have so far.
  code.constant(firstBeyond).constant(firstEntry).constant(0).access(op.i32Load, goesBeyond);
  code.raw(op.select).with(op.localSet, at);
  out.raw(op.block, emptyBlockType, op.loop, emptyBlockType);
  code.get(at).with(op.globalGet, top).raw(op.i32Eq, op.brIf, 1);
  code.get(at).access(op.i32Load, entry.function).with(op.localTee, called);
  code.constant(growthNote.mark).raw(op.i32Eq, op.if, emptyBlockType);
  code.get(at).constant(growthNote.size).raw(op.i32Add).with(op.localSet, at).raw(op.br, 1, op.end);
  code.get(at).access(op.i32Load, entry.node).get(at).raw(op.i32Ne, op.if, emptyBlockType);
  code.get(at).constant(entry.size).raw(op.i32Add).with(op.localSet, at).raw(op.br, 1, op.end);
  record(code, called, functionRecord.nodeSize).get(at).raw(op.i32Add).with(op.localSet, size);
  record(code, called, functionRecord.weights).with(op.localSet, weight);
  record(code, called, functionRecord.counters).with(op.localSet, left);
  out.raw(op.block, emptyBlockType, op.loop, emptyBlockType);
  code.get(left).raw(op.i32Eqz, op.brIf, 1);
  code
    .get(at)
    .access(op.i64Load, entry.size)
    .get(weight)
    .access(op.i32Load, 0)
    .raw(op.i64ExtendI32U, op.i64Mul);
  code.get(units).raw(op.i64Add).with(op.localSet, units);
  code.get(at).constant(8).raw(op.i32Add).with(op.localSet, at);
  code.get(weight).constant(4).raw(op.i32Add).with(op.localSet, weight);
  code.get(left).constant(-1).raw(op.i32Add).with(op.localSet, left).raw(op.br, 0, op.end, op.end);
  code.get(size).with(op.localSet, at).raw(op.br, 0, op.end, op.end);
  code.constant(growthNote.size).with(op.localSet, size);
  makeRoom(code, out, memory, at, size);
  code.raw(op.return, op.end, op.end);
  code.get(at).constant(growthNote.size).raw(op.i32Add).with(op.globalSet, top);
  code.get(at).constant(growthNote.mark).access(op.i32Store, entry.function);
  code.get(at).get(node).access(op.i32Store, growthNote.node);
  code.get(at).get(pages).access(op.i32Store, growthNote.pages);
  code.get(at).get(units).access(op.i64Store, growthNote.units).raw(op.end);
  return out.written();
}

/** Opens two blocks, of which the inner one runs where the memory has no room for so many bytes and can't get it. */
function makeRoom(code: Assembler, out: ByteWriter, memory: number, at: number, size: number): void {
  code.get(at).get(size).raw(op.i32Add);
  out.u8(op.memorySize);
  out.u32(memory);
  code.constant(16).raw(op.i32Shl, op.i32GtU, op.if, emptyBlockType);
  // Enough for any node, and seldom.
  code.get(size).constant(16).raw(op.i32ShrU).constant(16).raw(op.i32Add);
  out.u8(op.memoryGrow);
  out.u32(memory);
  code.constant(-1).raw(op.i32Eq, op.if, emptyBlockType);
}

/** Locals that the code below uses, in each function. */
export interface TreeLocals {
  /** The node of this call. */
  readonly own: number;
  /** In functions that the host may call: the node that ran before, and the slot that led here. */
  readonly before: number;
  readonly beforeSlot: number;
}

/** At function entry: finds the node, which the slot leads to where it was last called through there. */
export function writeEnter(
  out: ByteWriter,
  tree: TreeIndices,
  { own, before, beforeSlot }: TreeLocals,
  functionIndex: number,
  enteredByHost: boolean,
): void {
  const code = new Assembler(out, tree.memory);
  if (enteredByHost) {
    code.with(op.globalGet, tree.current).with(op.localSet, before);
    code.with(op.globalGet, tree.slot).with(op.localSet, beforeSlot);
  }
  code.with(op.globalGet, tree.slot).access(op.i32Load, 0).with(op.localTee, own);
  // No node is at 0, and no function there.
  code.access(op.i32Load, entry.function).constant(functionIndex + 1);
  code.raw(op.i32Ne, op.if, emptyBlockType);
  code.with(op.globalGet, tree.slot).constant(functionIndex + 1);
  code.with(op.call, tree.enter).with(op.localSet, own).raw(op.end);
  code.get(own).with(op.globalSet, tree.current);
}

/** Adds 1 to a counter of this call's node. */
export function writeCount(out: ByteWriter, tree: TreeIndices, { own }: TreeLocals, counter: number): void {
  const code = new Assembler(out, tree.memory);
  const at = entry.size + 8 * counter;
  code.get(own).get(own).access(op.i64Load, at).raw(op.i64Const, 1, op.i64Add).access(op.i64Store, at);
}

/** Adds the unsigned value of an i32 global to a counter of this call's node. */
export function writeAddSize(
  out: ByteWriter,
  tree: TreeIndices,
  { own }: TreeLocals,
  counter: number,
  size: number,
): void {
  const code = new Assembler(out, tree.memory);
  const at = entry.size + 8 * counter;
  code.get(own).get(own).access(op.i64Load, at).with(op.globalGet, size);
  code.raw(op.i64ExtendI32U, op.i64Add).access(op.i64Store, at);
}

/** Before a call: lets it go through the slot that is so many bytes into this call's node. */
export function writeCall(out: ByteWriter, tree: TreeIndices, { own }: TreeLocals, slot: number): void {
  new Assembler(out, tree.memory).get(own).constant(slot).raw(op.i32Add).with(op.globalSet, tree.slot);
}

/** After a call: this function runs again. */
export function writeReturned(out: ByteWriter, tree: TreeIndices, { own }: TreeLocals): void {
  new Assembler(out, tree.memory).get(own).with(op.globalSet, tree.current);
}

/** After a memory may have grown: notes how large it is. */
export function writeGrown(out: ByteWriter, tree: TreeIndices, { own }: TreeLocals, memory: number): void {
  const code = new Assembler(out, tree.memory);
  code.get(own).with(op.memorySize, memory).with(op.call, tree.grown);
}

/** Before a function that the host may have called ends: what ran before it runs again. */
export function writeLeave(out: ByteWriter, tree: TreeIndices, { before, beforeSlot }: TreeLocals): void {
  const code = new Assembler(out, tree.memory);
  code.get(before).with(op.globalSet, tree.current).get(beforeSlot).with(op.globalSet, tree.slot);
}
