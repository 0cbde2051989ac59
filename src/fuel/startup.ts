import { ByteReader } from '../wasm/byteReader.ts';
import { sectionId } from '../wasm/sections.ts';
import { constantOp, readConstant } from './constants.ts';
import { readElement } from './elements.ts';
import { pageBytes, type Plan } from './plan.ts';
import { checkType } from './valueTypes.ts';

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

/** Calls `read` for each entry of a section. */
function each(plan: Plan, id: number, read: (reader: ByteReader) => void): void {
  const section = plan.layout.sections.get(id);
  if (section === undefined) return;
  const reader = new ByteReader(plan.layout.bytes, section.contentStart, section.end);
  for (let left = reader.u32(); left > 0; left--) read(reader);
}

/** The operators of a constant expression, without its `end`. */
function operatorsOf(reader: ByteReader): number[] {
  const opcodes: number[] = [];
  readConstant(reader, (opcode) => opcodes.push(opcode));
  return opcodes.slice(0, -1);
}

/** Reads an offset: its cost, and its value where it is a constant. */
function readOffset(reader: ByteReader): { cost: number; value: number | null } {
  const start = reader.position;
  const opcodes = operatorsOf(reader);
  const isConstant = opcodes.length === 1 && opcodes[0] === constantOp.i32Const;
  const value = isConstant ? new ByteReader(reader.bytes, start + 1).s32() >>> 0 : null;
  return { cost: opcodes.length, value };
}

const constants: readonly number[] = [
  constantOp.i32Const,
  constantOp.i64Const,
  constantOp.f32Const,
  constantOp.f64Const,
  constantOp.simd,
];

function globals(plan: Plan): number | null {
  let cost: number | null = null;
  each(plan, sectionId.global, (reader) => {
    checkType(reader);
    reader.u8();
    const opcodes = operatorsOf(reader);
    if (opcodes.length !== 1 || !constants.includes(opcodes[0]!)) cost = (cost ?? 0) + opcodes.length;
  });
  return cost;
}

/** In order: once one segment can't be prepared, none after it is. */
function elements(plan: Plan): number | null {
  let cost: number | null = null;
  let prepares = true;
  each(plan, sectionId.element, (reader) => {
    let offset: ReturnType<typeof readOffset> | null = null;
    let operators = 0;
    const constant = (from: ByteReader): void => {
      // The first expression of an active segment is its offset; of the others, an element.
      if (isActive && offset === null) offset = readOffset(from);
      else operators += operatorsOf(from).length;
    };
    const isActive = (reader.bytes[reader.position]! & 1) === 0;
    const ignore = (): undefined => undefined;
    const { mode, table, count, hasExpressions } = readElement(reader, {
      constant,
      func: ignore,
      rest: ignore,
    });
    if (mode === 'declared') return;
    if (mode === 'active') {
      const at = offset as ReturnType<typeof readOffset> | null;
      const minimum = plan.layout.functionTables.get(table) ?? -1;
      const end = at?.value == null ? Number.POSITIVE_INFINITY : at.value + count;
      prepares &&= !hasExpressions && end <= Math.min(minimum, mostPreparedElements);
      if (prepares) return;
      operators += (at?.cost ?? 0) + count;
    }
    cost = (cost ?? 0) + operators;
  });
  return cost;
}

/** All segments are prepared, or none is. */
function data(plan: Plan): number | null {
  const { memories, importedMemories } = plan.layout;
  let cost: number | null = null;
  let prepares = true;
  const images = new Map<number, { bytes: number; from: number; to: number }>();
  each(plan, sectionId.data, (reader) => {
    const mode = reader.u32();
    const memory = mode === 2 ? reader.u32() : 0;
    const offset = mode === 1 ? null : readOffset(reader);
    const length = reader.u32();
    reader.skip(length);
    if (offset === null) return;
    cost = (cost ?? 0) + offset.cost + length;
    const { value } = offset;
    if (memory < importedMemories || value === null) {
      prepares = false;
      return;
    }
    prepares &&= value + length <= (memories[memory]?.minimum ?? 0) * pageBytes;
    if (length === 0) return;
    const image = images.get(memory) ?? { bytes: 0, from: value, to: value };
    images.set(memory, {
      bytes: image.bytes + length,
      from: Math.min(image.from, value),
      to: Math.max(image.to, value + length),
    });
  });
  for (const { bytes, from, to } of images.values()) {
    if (to - from >= 2 * bytes && to - from >= mostSparseImage) prepares = false;
  }
  return prepares ? null : cost;
}
