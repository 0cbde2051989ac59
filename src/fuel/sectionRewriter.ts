import { ByteReader, invalidWasm } from '../wasm/byteReader.ts';
import { ByteWriter } from '../wasm/byteWriter.ts';
import { readExternKind } from '../wasm/coreModule.ts';
import { type Section, sectionId } from '../wasm/sections.ts';
import { readLimits, valueType } from '../wasm/types.ts';
import { checkType } from './layout.ts';
import { rewriteConstant } from './constantRewriter.ts';
import { counterImport, hiddenExports, movedGlobal, type Plan } from './plan.ts';

const kindCode = { func: 0, table: 1, memory: 2, global: 3, tag: 4 } as const;

/** Writes one section but the code section, with what the plan adds to it; an absent one may come into being. */
export function writeSection(plan: Plan, id: number, section: Section | undefined, out: ByteWriter): void {
  const write = writers.get(id);
  if (write === undefined) {
    // The start function is called by the host; sections without indices that move stay as they are.
    if (section !== undefined && id !== sectionId.start)
      out.copy(plan.layout.bytes, section.start, section.end);
    return;
  }
  const reader =
    section === undefined
      ? new ByteReader(new Uint8Array(1))
      : new ByteReader(plan.layout.bytes, section.contentStart, section.end);
  const sectionStart = out.position;
  out.u8(id);
  const size = out.placeholder();
  const entries = write(plan, reader, out);
  if (!reader.atEnd) throw invalidWasm('a section longer than its contents', reader.position);
  if (entries === 0 && section === undefined) out.position = sectionStart;
  else out.patchLength(size);
}

type SectionWriter = (plan: Plan, reader: ByteReader, out: ByteWriter) => number;

const writers = new Map<number, SectionWriter>([
  [
    sectionId.type,
    ({ layout, resultTypes, growFunctions, addedTypes }, reader, out) => {
      const count = reader.u32();
      out.u32(count + addedTypes);
      copyRest(reader, out);
      layout.types.forEach(({ resultCount, resultsOffset, end }, n) => {
        if (resultTypes[n]! < 0) return;
        out.raw(functionForm, 0);
        out.u32(resultCount);
        out.copy(layout.bytes, resultsOffset, end);
      });
      out.raw(functionForm, 1, valueType.i32, 1, valueType.i32);
      return growFunctions.length + addedTypes;
    },
  ],
  [
    sectionId.import,
    ({ options }, reader, out) => {
      const count = reader.u32();
      const added = options.counter === 'imported' ? 1 : 0;
      out.u32(count + added);
      copyRest(reader, out);
      if (added === 1) {
        out.name(counterImport.module);
        out.name(counterImport.name);
        out.raw(kindCode.global, valueType.i64, mutable);
      }
      return count + added;
    },
  ],
  [
    sectionId.function,
    ({ growFunctions, growType }, reader, out) => {
      const count = reader.u32();
      const added = growFunctions.filter((index) => index >= 0).length;
      out.u32(count + added);
      copyRest(reader, out);
      for (let n = 0; n < added; n++) out.u32(growType);
      return count + added;
    },
  ],
  [
    sectionId.memory,
    ({ options }, reader, out) => {
      const count = reader.u32();
      out.u32(count);
      for (let n = 0; n < count; n++) {
        const { minimum, maximum } = readLimits(reader);
        // A limit above what may be declared is left for V8 to refuse.
        const most = maximum !== null && maximum > 65536 ? maximum : options.memoryLimitPages;
        out.u8(1);
        out.u32(minimum);
        out.u32(Math.min(maximum ?? most, most));
      }
      return count;
    },
  ],
  [
    sectionId.global,
    (plan, reader, out) => {
      const count = reader.u32();
      const isDefined = plan.options.counter === 'defined';
      out.u32(count + (isDefined ? 3 : 2));
      for (let n = 0; n < count; n++) {
        const start = reader.position;
        checkType(reader);
        reader.u8();
        out.copy(reader.bytes, start, reader.position);
        rewriteConstant(plan, reader, out);
      }
      if (isDefined) out.raw(valueType.i64, mutable, i64Const, 0, end);
      for (let n = 0; n < 2; n++) out.raw(valueType.i32, mutable, i32Const, 0, end);
      return count + 1;
    },
  ],
  [sectionId.export, writeExports],
  [
    sectionId.element,
    (plan, reader, out) => {
      const count = reader.u32();
      out.u32(count);
      for (let n = 0; n < count; n++) writeElements(plan, reader, out);
      return count;
    },
  ],
  [
    sectionId.data,
    (plan, reader, out) => {
      const count = reader.u32();
      out.u32(count);
      for (let n = 0; n < count; n++) {
        const start = reader.position;
        const mode = reader.u32();
        if (mode > 2) throw invalidWasm(`a data segment of unknown mode ${mode}`, start);
        if (mode === 2) reader.u32();
        out.copy(reader.bytes, start, reader.position);
        if (mode !== 1) rewriteConstant(plan, reader, out);
        const contents = reader.position;
        reader.skip(reader.u32());
        out.copy(reader.bytes, contents, reader.position);
      }
      return count;
    },
  ],
]);

const functionForm = 0x60;
const mutable = 1;
const i32Const = 0x41;
const i64Const = 0x42;
const end = 0x0b;

function copyRest(reader: ByteReader, out: ByteWriter): void {
  const from = reader.position;
  out.copy(reader.bytes, from, reader.skip(reader.end - from) + (reader.end - from));
}

function writeExports(plan: Plan, reader: ByteReader, out: ByteWriter): number {
  const { layout, options } = plan;
  const hidden: [name: string, kind: number, index: number][] = [
    [hiddenExports.outOfFuel, kindCode.global, plan.outOfFuelGlobal],
    [hiddenExports.growthRefused, kindCode.global, plan.growthRefusedGlobal],
  ];
  if (options.counter === 'defined')
    hidden.push([hiddenExports.counter, kindCode.global, plan.counterGlobal]);
  if (layout.start !== null) hidden.push([hiddenExports.start, kindCode.func, layout.start]);
  for (let n = layout.importedMemories; n < layout.memories.length; n++) {
    hidden.push([hiddenExports.memory(n - layout.importedMemories), kindCode.memory, n]);
  }
  const count = reader.u32();
  out.u32(count + hidden.length);
  for (let n = 0; n < count; n++) {
    const start = reader.position;
    reader.skip(reader.u32());
    const kind = readExternKind(reader);
    out.copy(reader.bytes, start, reader.position);
    const index = reader.u32();
    out.u32(kind === 'global' ? movedGlobal(plan, index, start) : index);
  }
  for (const [name, kind, index] of hidden) {
    out.name(name);
    out.u8(kind);
    out.u32(index);
  }
  return count + hidden.length;
}

/** An element segment; the flags' bits: 0 passive or declarative, 1 explicit table or declarative, 2 expressions. */
function writeElements(plan: Plan, reader: ByteReader, out: ByteWriter): void {
  const start = reader.position;
  const flags = reader.u32();
  if (flags > 7) throw invalidWasm(`an element segment of unknown mode ${flags}`, start);
  const isActive = (flags & 1) === 0;
  const hasExpressions = (flags & 4) !== 0;
  if (isActive && (flags & 2) !== 0) reader.u32();
  out.copy(reader.bytes, start, reader.position);
  if (isActive) rewriteConstant(plan, reader, out);
  const kindStart = reader.position;
  if ((flags & 3) !== 0) {
    if (hasExpressions) checkType(reader);
    else reader.u8();
  }
  const count = reader.u32();
  out.copy(reader.bytes, kindStart, reader.position);
  for (let n = 0; n < count; n++) {
    if (hasExpressions) rewriteConstant(plan, reader, out);
    else {
      const at = reader.position;
      const index = reader.u32();
      if (index >= plan.layout.functions.length)
        throw invalidWasm(`a function ${index} that does not exist`, at);
      out.u32(index);
    }
  }
}

/**
 * Bodies of the functions that stand in for `memory.grow`: the same result, and a note where it was the limit
 * that refused. They count nothing; the operator's unit is charged where it stands.
 */
export function growHelpers(plan: Plan): Uint8Array[] {
  const { growFunctions, growthRefusedGlobal, memoryBytes, options } = plan;
  return [...growFunctions.keys()]
    .filter((memory) => growFunctions[memory]! >= 0)
    .map((memory) => {
      const body = new ByteWriter(64);
      const declaredPages = memoryBytes[memory]! / 65536;
      body.raw(1, 1, valueType.i32); // local 1: the result
      body.raw(0x20, 0, 0x40); // memory.grow of the parameter
      body.u32(memory);
      body.raw(0x22, 1, i32Const, 0x7f, 0x46, 0x04, 0x40); // if it is -1
      for (const [pages, comparison] of [
        [options.memoryLimitPages, 0x55], // i64.gt_s
        [declaredPages, 0x57], // i64.le_s
      ] as const) {
        body.raw(0x20, 0, 0xad, 0x3f); // what was asked for: i64.extend_i32_u, memory.size
        body.u32(memory);
        body.raw(0xad, 0x7c, i64Const); // i64.add
        body.signed(pages);
        body.u8(comparison);
      }
      body.raw(0x71, 0x04, 0x40, i32Const, 1, 0x24); // i32.and, if, global.set
      body.u32(growthRefusedGlobal);
      body.raw(end, end, 0x20, 1, end);
      return body.written();
    });
}
