import { ByteReader, invalidWasm } from '../wasm/byteReader.ts';
import type { ByteWriter } from '../wasm/byteWriter.ts';
import { readExternKind } from '../wasm/coreModule.ts';
import { type Section, sectionId } from '../wasm/sections.ts';
import { readLimits, valueType } from '../wasm/types.ts';
import { addedType } from './addedFunctions.ts';
import { constantOp, readConstant } from './constants.ts';
import { readElement } from './elements.ts';
import { counterImport, hiddenExports, movedGlobal, type Plan } from './plan.ts';
import { unsupportedProposal } from './proposals.ts';
import { checkType } from './valueTypes.ts';

const kindCode = { func: 0, table: 1, memory: 2, global: 3 } as const;
const functionForm = 0x60;
const mutable = 1;

/** Writes one section but the code section, with what the plan adds to it; an absent one may come into being. */
export function writeSection(plan: Plan, id: number, section: Section | undefined, out: ByteWriter): void {
  const write = writers.get(id);
  if (write === undefined) {
    // The start function is called by the host; sections without indices that move stay as they are.
    if (section !== undefined && id !== sectionId.start) {
      out.copy(plan.layout.bytes, section.start, section.end);
    }
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

/** Writes a section's contents and returns the number of entries; an absent section reads as an empty vector. */
type SectionWriter = (plan: Plan, reader: ByteReader, out: ByteWriter) => number;

const writers = new Map<number, SectionWriter>([
  [sectionId.type, writeTypes],
  [sectionId.import, writeImports],
  [sectionId.function, writeFunctions],
  [sectionId.memory, writeMemories],
  [sectionId.global, writeGlobals],
  [sectionId.export, writeExports],
  [sectionId.element, writeElements],
  [sectionId.data, writeData],
]);

function copyRest(reader: ByteReader, out: ByteWriter): void {
  const from = reader.skip(reader.end - reader.position);
  out.copy(reader.bytes, from, reader.end);
}

function writeTypes(plan: Plan, reader: ByteReader, out: ByteWriter): number {
  const { layout, resultTypes, addedTypes } = plan;
  const count = reader.u32() + addedTypes;
  out.u32(count);
  copyRest(reader, out);
  if (plan.passing !== 'global') {
    for (const { parametersOffset, parameterCount, resultsOffset, resultCount } of layout.types) {
      out.u8(functionForm);
      out.u32(parameterCount + 1);
      out.copy(layout.bytes, parametersOffset, parametersOffset + parameterCount);
      out.u8(valueType.i64);
      out.u32(resultCount + 1);
      out.copy(layout.bytes, resultsOffset, resultsOffset + resultCount);
      out.u8(valueType.i64);
    }
  }
  layout.types.forEach(({ resultCount, resultsOffset }, n) => {
    if (resultTypes[n]! < 0) return;
    out.raw(functionForm, 0);
    out.u32(resultCount);
    out.copy(layout.bytes, resultsOffset, resultsOffset + resultCount);
  });
  out.raw(functionForm, 1, valueType.i32, 1, valueType.i32);
  return count;
}

function writeImports({ options }: Plan, reader: ByteReader, out: ByteWriter): number {
  const count = reader.u32() + (options.counter === 'imported' ? 1 : 0);
  out.u32(count);
  copyRest(reader, out);
  if (options.counter === 'imported') {
    out.name(counterImport.module);
    out.name(counterImport.name);
    out.raw(kindCode.global, valueType.i64, mutable);
  }
  return count;
}

function writeFunctions(plan: Plan, reader: ByteReader, out: ByteWriter): number {
  const { layout, takesCount, countingTypes, addedFunctions } = plan;
  const count = reader.u32() + addedFunctions.length;
  out.u32(count);
  for (let n = layout.importedFunctions; n < layout.functions.length; n++) {
    const type = reader.u32();
    out.u32(takesCount[n] === 1 ? countingTypes[type]! : type);
  }
  for (const added of addedFunctions) out.u32(addedType(plan, added));
  return count;
}

function writeMemories({ options }: Plan, reader: ByteReader, out: ByteWriter): number {
  const count = reader.u32();
  out.u32(count);
  for (let n = 0; n < count; n++) {
    const { minimum, maximum } = readLimits(reader);
    // A maximum above what may be declared is left for V8 to refuse.
    const limit = maximum !== null && maximum > 65536 ? maximum : options.memoryLimitPages;
    out.u8(1);
    out.u32(minimum);
    out.u32(Math.min(maximum ?? limit, limit));
  }
  return count;
}

function writeGlobals(plan: Plan, reader: ByteReader, out: ByteWriter): number {
  const isDefined = plan.options.counter === 'defined';
  const defined = reader.u32();
  const count = defined + (isDefined ? 3 : 2);
  out.u32(count);
  for (let n = 0; n < defined; n++) {
    const start = reader.position;
    checkType(reader);
    reader.u8();
    out.copy(reader.bytes, start, reader.position);
    writeConstant(plan, reader, out);
  }
  if (isDefined) out.raw(valueType.i64, mutable, constantOp.i64Const, 0, constantOp.end);
  for (let n = 0; n < 2; n++) out.raw(valueType.i32, mutable, constantOp.i32Const, 0, constantOp.end);
  return count;
}

function writeExports(plan: Plan, reader: ByteReader, out: ByteWriter): number {
  const { layout, options } = plan;
  const hidden: [name: string, kind: number, index: number][] = [
    [hiddenExports.outOfFuel, kindCode.global, plan.outOfFuelGlobal],
    [hiddenExports.growthRefused, kindCode.global, plan.growthRefusedGlobal],
  ];
  if (options.counter === 'defined') {
    hidden.push([hiddenExports.counter, kindCode.global, plan.counterGlobal]);
  }
  if (layout.start !== null) hidden.push([hiddenExports.start, kindCode.func, plan.entries[layout.start]!]);
  for (let n = layout.importedMemories; n < layout.memories.length; n++) {
    hidden.push([hiddenExports.memory(n - layout.importedMemories), kindCode.memory, n]);
  }
  const own = reader.u32();
  out.u32(own + hidden.length);
  for (let n = 0; n < own; n++) {
    const start = reader.position;
    reader.skip(reader.u32());
    const kind = readExternKind(reader);
    out.copy(reader.bytes, start, reader.position);
    const index = reader.u32();
    if (kind === 'global') out.u32(movedGlobal(plan, index, start));
    else out.u32(kind === 'func' ? plan.entries[index]! : index);
  }
  for (const [name, kind, index] of hidden) {
    out.name(name);
    out.u8(kind);
    out.u32(index);
  }
  return own + hidden.length;
}

function writeElements(plan: Plan, reader: ByteReader, out: ByteWriter): number {
  const count = reader.u32();
  out.u32(count);
  const visitor = {
    constant: (from: ByteReader) => writeConstant(plan, from, out),
    func: (index: number) => out.u32(plan.references[index]!),
    rest: (from: number, to: number) => out.copy(reader.bytes, from, to),
  };
  for (let n = 0; n < count; n++) readElement(reader, visitor);
  return count;
}

function writeData(plan: Plan, reader: ByteReader, out: ByteWriter): number {
  const count = reader.u32();
  out.u32(count);
  for (let n = 0; n < count; n++) {
    const start = reader.position;
    const mode = reader.u32();
    if (mode > 2) throw invalidWasm(`a data segment of unknown mode ${mode}`, start);
    if (mode === 2) reader.u32();
    out.copy(reader.bytes, start, reader.position);
    if (mode !== 1) writeConstant(plan, reader, out);
    const contents = reader.position;
    reader.skip(reader.u32());
    out.copy(reader.bytes, contents, reader.position);
  }
  return count;
}

/** Copies a constant expression, with the indices that move. wasmtime 28 lets it read imported globals only. */
function writeConstant(plan: Plan, reader: ByteReader, out: ByteWriter): void {
  const readable = plan.options.model === 'wasmtime-28' ? plan.layout.importedGlobals : plan.layout.globals;
  readConstant(reader, (opcode, at, index) => {
    if (opcode === constantOp.globalGet && index >= readable && index < plan.layout.globals) {
      throw unsupportedProposal('gc', 'a constant that reads a global which is not imported', at);
    }
    if (index < 0) out.copy(reader.bytes, at, reader.position);
    else {
      out.u8(opcode);
      out.u32(opcode === constantOp.globalGet ? movedGlobal(plan, index, at) : plan.references[index]!);
    }
  });
}
