import { ByteReader } from '../wasm/byteReader.ts';
import { sectionId } from '../wasm/sections.ts';
import { constantOp, readConstant } from './constants.ts';
import { type ElementHeader, readElement } from './elements.ts';
import { mostUncheckedSize, pageBytes, type Plan } from './plan.ts';
import { checkType } from './valueTypes.ts';

/** Table images beyond this many elements, and sparse memory images beyond this many bytes, are not prepared. */
const mostPreparedElements = 1024 * 1024;
const mostSparseImage = 16 * 1024 * 1024;

/** A part of what an instantiation costs. */
export interface StartupCharge {
  readonly units: number;
  /** Whether the limit is checked once they are added, as at a loop header. */
  readonly checked: boolean;
}

/**
 * What `wasmtime-current` charges an instantiation, the start function's own cost excluded. It does in a function
 * of its own, which costs a unit, what it can't prepare when it compiles: globals whose initialiser is more than a
 * constant, passive element segments, active segments for what is imported or at an offset that is no constant,
 * and the call of the start function. `wasmtime-28` charges nothing.
 */
export function startupCharges(plan: Plan): readonly StartupCharge[] {
  if (plan.options.model !== 'wasmtime-current') return [];
  const charges = new Charges();
  const { start } = plan.layout;
  const parts = [globals(plan, charges), elements(plan, charges), data(plan, charges), start !== null];
  if (start !== null) charges.add(1);
  return parts.includes(true) ? charges.settled() : [];
}

/** Sums up what is charged at once. The function's entry is a unit that is checked. */
class Charges {
  readonly #settled: StartupCharge[] = [{ units: 1, checked: true }];
  #pending = 0;

  add(units: number): void {
    this.#pending += units;
  }

  check(): void {
    this.#settled.push({ units: this.#pending, checked: true });
    this.#pending = 0;
  }

  /** Forgets what was not checked yet. */
  drop(): void {
    this.#pending = 0;
  }

  settled(): readonly StartupCharge[] {
    if (this.#pending > 0) this.#settled.push({ units: this.#pending, checked: false });
    return this.#settled;
  }
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

interface Offset {
  /** Units. */
  readonly cost: number;
  /** Where it is a constant. */
  readonly value: number | null;
}

function readOffset(reader: ByteReader): Offset {
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

function globals(plan: Plan, charges: Charges): boolean {
  let needed = false;
  each(plan, sectionId.global, (reader) => {
    checkType(reader);
    reader.u8();
    const opcodes = operatorsOf(reader);
    if (opcodes.length === 1 && constants.includes(opcodes[0]!)) return;
    needed = true;
    charges.add(opcodes.length);
  });
  return needed;
}

interface ElementSegment extends ElementHeader {
  /** Of an active segment. */
  readonly offset: Offset | null;
  /** Operators of all its elements. */
  readonly operators: number;
}

/** Passive segments first, then active ones in order: once one can't be prepared, none after it is. */
function elements(plan: Plan, charges: Charges): boolean {
  const segments: ElementSegment[] = [];
  each(plan, sectionId.element, (reader) => segments.push(readSegment(reader)));
  const passive = segments.filter(({ mode }) => mode === 'passive');
  for (const { operators } of passive) charges.add(operators);
  const active = segments.filter(({ mode }) => mode === 'active');
  const unprepared = active.findIndex((segment) => !isPreparable(plan, segment));
  if (unprepared === -1) return passive.length > 0;
  for (const { offset, count, operators } of active.slice(unprepared)) {
    charges.add(offset!.cost + count);
    if (count > mostUncheckedSize) charges.check();
    charges.add(operators);
  }
  return true;
}

function isPreparable(plan: Plan, { table, offset, count, hasExpressions }: ElementSegment): boolean {
  const minimum = plan.layout.functionTables.get(table) ?? -1;
  const end = offset?.value == null ? Number.POSITIVE_INFINITY : offset.value + count;
  return !hasExpressions && end <= Math.min(minimum, mostPreparedElements);
}

function readSegment(reader: ByteReader): ElementSegment {
  const isActive = (reader.bytes[reader.position]! & 1) === 0;
  let offset: Offset | null = null;
  let operators = 0;
  const header = readElement(reader, {
    constant(from) {
      // The first expression of an active segment is its offset; of the others, an element.
      if (isActive && offset === null) offset = readOffset(from);
      else operators += operatorsOf(from).length;
    },
    func: () => undefined,
    rest: () => undefined,
  });
  return { ...header, offset, operators };
}

interface DataSegment {
  readonly memory: number;
  readonly offset: Offset;
  readonly start: number;
  readonly end: number;
}

/** All segments are prepared, as an image of each memory, or none is. */
function data(plan: Plan, charges: Charges): boolean {
  const segments = activeData(plan);
  const images = imagesOf(plan, segments);
  if (images === null) {
    for (const { offset, start, end } of segments) {
      // How long it is comes from a table, so it counts as no constant.
      charges.add(offset.cost + end - start);
      charges.check();
    }
    return true;
  }
  if (images === 0) return false;
  // The code that would write an image is jumped over, and what was charged in it with it.
  charges.drop();
  const { memories, importedMemories } = plan.layout;
  return images < memories.length - importedMemories;
}

function activeData(plan: Plan): DataSegment[] {
  const segments: DataSegment[] = [];
  each(plan, sectionId.data, (reader) => {
    const mode = reader.u32();
    const memory = mode === 2 ? reader.u32() : 0;
    const offset = mode === 1 ? null : readOffset(reader);
    const length = reader.u32();
    const start = reader.skip(length);
    if (offset !== null) segments.push({ memory, offset, start, end: start + length });
  });
  return segments;
}

/** How many memories have an image; null where some segment can't be prepared. */
function imagesOf(plan: Plan, segments: readonly DataSegment[]): number | null {
  const { memories, importedMemories } = plan.layout;
  const images = new Map<number, { bytes: number; from: number; to: number }>();
  for (const { memory, offset, start, end } of segments) {
    const from = offset.value;
    if (memory < importedMemories || from === null) return null;
    const to = from + end - start;
    if (to > (memories[memory]?.minimum ?? 0) * pageBytes) return null;
    if (start === end) continue;
    const image = images.get(memory);
    images.set(memory, {
      bytes: (image?.bytes ?? 0) + end - start,
      from: Math.min(image?.from ?? from, from),
      to: Math.max(image?.to ?? to, to),
    });
  }
  const isSparse = [...images.values()].some(
    (image) => image.to - image.from >= 2 * image.bytes && image.to - image.from >= mostSparseImage,
  );
  return isSparse ? null : images.size;
}
