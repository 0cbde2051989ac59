import { emptyBlockType, hasMemoryIndex, op } from '../emit.ts';
import { ByteWriter } from '../../wasm/byteWriter.ts';
import { valueType } from '../../wasm/types.ts';

/**
 * The tree of calls, which instrumented code keeps in a memory of its own: a node for each function in each context
 * that it was called in. A function that is called while it is active goes on in the node that it has, so that
 * recursion of any depth takes few nodes.
 *
 * An entry is a node, or stands among its parent's children for a node above it. All fields are little-endian. Between
 * them stand notes of memory that grew, as {@link growthNote} has it: no child list leads there.
 */
export const entry = {
  /** One more than the index among the module's defined functions; 0 for the root. */
  function: 0,
  parent: 4,
  firstChild: 8,
  nextSibling: 12,
  /** Address of the node: the entry's own, or of a node above. */
  node: 16,
  /** Units of the node alone; 64 bits. */
  self: 24,
  /** 64 bits. */
  calls: 32,
  size: 40,
} as const;

/** A note of growth, in an entry's place; its `node` is 0. */
export const growthNote = {
  /** In `function`, which no entry has. */
  mark: -1,
  /** Address of the node that grew the memory. */
  node: entry.parent,
  /** Pages that the memory had then. */
  pages: entry.firstChild,
  /** Units of the module until then; 64 bits. */
  units: entry.self,
} as const;

/** Address of the root; 0 is no entry. */
export const rootEntry = 64;

/** 64 MiB hold 1.6 million entries; calls beyond them count for their caller. */
export const mostTreePages = 1024;

/** Indices of what the tree needs in the instrumented module. */
export interface TreeIndices {
  readonly memory: number;
  /** Global: address of the node that runs. */
  readonly current: number;
  /** Global: one past the last entry. */
  readonly top: number;
  /** The functions of {@link enterFunction} and {@link grownFunction}. */
  readonly enter: number;
  readonly grown: number;
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

/** The body of `enter (node, function) -> node`: finds or makes the node of a function that the node calls. */
export function enterFunction({ memory, top }: TreeIndices): Uint8Array {
  const out = new ByteWriter(256);
  const code = new Assembler(out, memory);
  const [node, called, child, above] = [0, 1, 2, 3];
  const load = (local: number, field: number) => code.get(local).access(op.i32Load, field);
  out.raw(1, 2, valueType.i32);
  // Among the children.
  load(node, entry.firstChild).with(op.localSet, child);
  out.raw(op.block, emptyBlockType, op.loop, emptyBlockType);
  code.get(child).raw(op.i32Eqz, op.brIf, 1);
  load(child, entry.function).get(called).raw(op.i32Eq, op.if, emptyBlockType);
  load(child, entry.node).raw(op.return, op.end);
  load(child, entry.nextSibling).with(op.localSet, child).raw(op.br, 0, op.end, op.end);
  // Among the nodes above, this one included.
  code.get(node).with(op.localSet, above);
  out.raw(op.block, emptyBlockType, op.loop, emptyBlockType);
  load(above, entry.function).get(called).raw(op.i32Eq, op.brIf, 1);
  load(above, entry.parent).with(op.localTee, above).raw(op.brIf, 0, op.end, op.end);
  // A new entry, in a larger memory where this one is full.
  code.with(op.globalGet, top).with(op.localSet, child);
  makeRoom(code, out, memory, child);
  code.get(node).raw(op.return, op.end, op.end);
  code.get(child).constant(entry.size).raw(op.i32Add).with(op.globalSet, top);
  code.get(child).get(called).access(op.i32Store, entry.function);
  code.get(child).get(node).access(op.i32Store, entry.parent);
  code.get(child);
  load(node, entry.firstChild).access(op.i32Store, entry.nextSibling);
  code.get(node).get(child).access(op.i32Store, entry.firstChild);
  code.get(above).raw(op.i32Eqz, op.if, emptyBlockType).get(child).with(op.localSet, above).raw(op.end);
  code.get(child).get(above).access(op.i32Store, entry.node);
  code.get(above).raw(op.end);
  return out.written();
}

/** The body of `grown (node, pages)`: notes how large a memory is now, and what the module has used so far. */
export function grownFunction({ memory, top }: TreeIndices): Uint8Array {
  const out = new ByteWriter(256);
  const code = new Assembler(out, memory);
  const [node, pages, at, units] = [0, 1, 2, 3];
  out.raw(2, 1, valueType.i32, 1, valueType.i64);
  // What all nodes have so far.
  code.constant(rootEntry).with(op.localSet, at);
  out.raw(op.block, emptyBlockType, op.loop, emptyBlockType);
  code.get(at).with(op.globalGet, top).raw(op.i32Eq, op.brIf, 1);
  code.get(at).access(op.i32Load, entry.node).get(at).raw(op.i32Eq, op.if, emptyBlockType);
  code.get(at).access(op.i64Load, entry.self).get(units).raw(op.i64Add).with(op.localSet, units).raw(op.end);
  code.get(at).constant(entry.size).raw(op.i32Add).with(op.localSet, at).raw(op.br, 0, op.end, op.end);
  makeRoom(code, out, memory, at);
  code.raw(op.return, op.end, op.end);
  code.get(at).constant(entry.size).raw(op.i32Add).with(op.globalSet, top);
  code.get(at).constant(growthNote.mark).access(op.i32Store, entry.function);
  code.get(at).get(node).access(op.i32Store, growthNote.node);
  code.get(at).get(pages).access(op.i32Store, growthNote.pages);
  code.get(at).get(units).access(op.i64Store, growthNote.units).raw(op.end);
  return out.written();
}

/** Opens two blocks, of which the inner one runs where the memory has no room for an entry and can't get it. */
function makeRoom(code: Assembler, out: ByteWriter, memory: number, at: number): void {
  code.get(at).constant(entry.size).raw(op.i32Add);
  out.u8(op.memorySize);
  out.u32(memory);
  code.constant(16).raw(op.i32Shl, op.i32GtU, op.if, emptyBlockType);
  code.constant(16);
  out.u8(op.memoryGrow);
  out.u32(memory);
  code.constant(-1).raw(op.i32Eq, op.if, emptyBlockType);
}

/** Locals that the code below uses, in each function. */
export interface TreeLocals {
  /** The node of this call. */
  readonly own: number;
  /** The node that ran before. */
  readonly before: number;
}

/** The globals in which a function keeps where it was last called from, and its node there. */
export interface EntryCache {
  readonly from: number;
  readonly node: number;
}

/** At function entry: finds the node, by the cache where the function is called from the same node again. */
export function writeEnter(
  out: ByteWriter,
  tree: TreeIndices,
  { own, before }: TreeLocals,
  cache: EntryCache,
  functionIndex: number,
): void {
  const code = new Assembler(out, tree.memory);
  code.with(op.globalGet, tree.current).with(op.localTee, before).with(op.globalGet, cache.from);
  code.raw(op.i32Eq, op.if, valueType.i32).with(op.globalGet, cache.node).raw(op.else);
  code
    .get(before)
    .constant(functionIndex + 1)
    .with(op.call, tree.enter)
    .with(op.globalSet, cache.node);
  code.get(before).with(op.globalSet, cache.from).with(op.globalGet, cache.node).raw(op.end);
  code.with(op.localTee, own).with(op.globalSet, tree.current);
  add(code, own, entry.calls, 1, out);
}

/** Adds units to the node of this call. */
export function writeAdd(out: ByteWriter, tree: TreeIndices, { own }: TreeLocals, units: number): void {
  add(new Assembler(out, tree.memory), own, entry.self, units, out);
}

/** Adds the unsigned value of an i32 global to the node of this call. */
export function writeAddSize(out: ByteWriter, tree: TreeIndices, { own }: TreeLocals, size: number): void {
  const code = new Assembler(out, tree.memory);
  code.get(own).get(own).access(op.i64Load, entry.self).with(op.globalGet, size);
  code.raw(op.i64ExtendI32U, op.i64Add).access(op.i64Store, entry.self);
}

function add(code: Assembler, local: number, field: number, amount: number, out: ByteWriter): void {
  code.get(local).get(local).access(op.i64Load, field).raw(op.i64Const);
  out.signed(amount);
  code.raw(op.i64Add).access(op.i64Store, field);
}

/** After a call: this function runs again. */
export function writeReturned(out: ByteWriter, { current }: TreeIndices, { own }: TreeLocals): void {
  setCurrent(out, current, own);
}

/** After a memory may have grown: notes how large it is. */
export function writeGrown(out: ByteWriter, tree: TreeIndices, { own }: TreeLocals, memory: number): void {
  const code = new Assembler(out, tree.memory);
  code.get(own).with(op.memorySize, memory).with(op.call, tree.grown);
}

/** Before a function that the host may have called ends: what ran before it runs again. */
export function writeLeave(out: ByteWriter, { current }: TreeIndices, { before }: TreeLocals): void {
  setCurrent(out, current, before);
}

function setCurrent(out: ByteWriter, current: number, local: number): void {
  out.u8(op.localGet);
  out.u32(local);
  out.u8(op.globalSet);
  out.u32(current);
}
