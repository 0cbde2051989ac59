import { ByteReader } from '../wasm/byteReader.ts';
import { ByteWriter } from '../wasm/byteWriter.ts';
import { type Section, sectionId } from '../wasm/sections.ts';
import { checkType } from './layout.ts';
import { rewriteConstant } from './constantRewriter.ts';
import { pageBytes, type Plan } from './plan.ts';

const i32Const = 0x41;
const v128Const = 0xfd;

/** Table images beyond this many elements, and sparse memory images beyond this many bytes, are not prepared. */
const mostPreparedElements = 1024 * 1024;
const mostSparseImage = 16 * 1024 * 1024;

/**
 * What `wasmtime-current` charges an instantiation, the start function's own cost excluded. It does in a function
 * of its own, which costs a unit, what it can't prepare when it compiles: globals whose initialiser is more than a
 * constant, passive element segments, active segments for what is imported or at an offset that is no constant,
 * and the call of the start function. `wasmtime-28` charges nothing.
 */
export function startupFuel(plan: Plan): number {
  if (plan.options.model !== 'wasmtime-current') return 0;
  const parts = [globals(plan), elements(plan), data(plan), plan.layout.start === null ? null : 1];
  const needed = parts.filter((part) => part !== null);
  return needed.length === 0 ? 0 : needed.reduce((sum, part) => sum + part, 1);
}

/** Reads a constant expression; its operators. */
type Constant = (reader: ByteReader) => readonly number[];

/** Calls `read` for each entry of a section. */
function each(plan: Plan, id: number, read: (reader: ByteReader, constant: Constant) => void): void {
  const section: Section | undefined = plan.layout.sections.get(id);
  if (section === undefined) return;
  const reader = new ByteReader(plan.layout.bytes, section.contentStart, section.end);
  const constant: Constant = (from) => rewriteConstant(plan, from, new ByteWriter(0));
  for (let left = reader.u32(); left > 0; left--) read(reader, constant);
}

function globals(plan: Plan): number | null {
  let cost: number | null = null;
  each(plan, sectionId.global, (reader, constant) => {
    checkType(reader);
    reader.u8();
    const operators = constant(reader);
    const isConstant =
      operators.length === 1 &&
      ((operators[0]! >= i32Const && operators[0]! <= 0x44) || operators[0] === v128Const);
    if (!isConstant) cost = (cost ?? 0) + operators.length;
  });
  return cost;
}

/** In order: once one segment can't be prepared, none after it is. */
function elements(plan: Plan): number | null {
  let cost: number | null = null;
  let prepares = true;
  each(plan, sectionId.element, (reader, constant) => {
    const flags = reader.u32();
    const isActive = (flags & 1) === 0;
    const hasExpressions = (flags & 4) !== 0;
    const table = isActive && (flags & 2) !== 0 ? reader.u32() : 0;
    const offsetStart = reader.position;
    const offset = isActive ? constant(reader) : [];
    const at = offset.length === 1 && offset[0] === i32Const ? constantAt(reader.bytes, offsetStart) : null;
    if ((flags & 3) !== 0) {
      if (hasExpressions) checkType(reader);
      else reader.u8();
    }
    const count = reader.u32();
    let operators = 0;
    for (let left = count; left > 0; left--) {
      if (hasExpressions) operators += constant(reader).length;
      else reader.u32();
    }
    if (isActive) {
      const minimum = plan.layout.functionTables.get(table) ?? -1;
      prepares &&= at !== null && !hasExpressions && at + count <= Math.min(minimum, mostPreparedElements);
      if (!prepares) cost = (cost ?? 0) + offset.length + count + operators;
    } else if ((flags & 2) === 0) cost = (cost ?? 0) + operators;
  });
  return cost;
}

/** All segments are prepared, or none is. */
function data(plan: Plan): number | null {
  const { memories, importedMemories } = plan.layout;
  let cost: number | null = null;
  let prepares = true;
  const images = new Map<number, { bytes: number; from: number; to: number }>();
  each(plan, sectionId.data, (reader, constant) => {
    const mode = reader.u32();
    const memory = mode === 2 ? reader.u32() : 0;
    const offsetStart = reader.position;
    const offset = mode === 1 ? [] : constant(reader);
    const length = reader.u32();
    reader.skip(length);
    if (mode === 1) return;
    cost = (cost ?? 0) + offset.length + length;
    if (memory < importedMemories || offset.length !== 1 || offset[0] !== i32Const) {
      prepares = false;
      return;
    }
    const at = constantAt(reader.bytes, offsetStart);
    prepares &&= at + length <= (memories[memory]?.minimum ?? 0) * pageBytes;
    if (length === 0) return;
    const image = images.get(memory) ?? { bytes: 0, from: at, to: at };
    images.set(memory, {
      bytes: image.bytes + length,
      from: Math.min(image.from, at),
      to: Math.max(image.to, at + length),
    });
  });
  for (const { bytes, from, to } of images.values()) {
    if (to - from >= 2 * bytes && to - from >= mostSparseImage) prepares = false;
  }
  return prepares ? null : cost;
}

/** The operand of the `i32.const` at `offset`, unsigned. */
function constantAt(bytes: Uint8Array, offset: number): number {
  return new ByteReader(bytes, offset + 1).s32() >>> 0;
}
