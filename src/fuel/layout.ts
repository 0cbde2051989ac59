import { ByteReader, invalidWasm } from '../wasm/byteReader.ts';
import {
  type CoreExport,
  coreSections,
  type CustomSection,
  readCustomSections,
  readExports,
  readImports,
} from '../wasm/coreModule.ts';
import { type Section, sectionId } from '../wasm/sections.ts';
import { readLimits, type ReadLimits, valueType } from '../wasm/types.ts';
import { constantOp, readConstant } from './constants.ts';
import { readElement } from './elements.ts';
import { unsupportedProposal } from './proposals.ts';
import { checkType } from './valueTypes.ts';

/** A function type; its parameters' and results' codes stand in the module, a byte each. */
export interface FunctionType {
  readonly parameterCount: number;
  readonly resultCount: number;
  readonly parametersOffset: number;
  readonly resultsOffset: number;
  readonly hasFunctionReference: boolean;
}

/** The index spaces of a core module, as the pass needs them before it reads code. */
export interface Layout {
  readonly bytes: Uint8Array;
  /** By id; custom sections are not among them. */
  readonly sections: ReadonlyMap<number, Section>;
  readonly customSections: readonly CustomSection[];
  readonly types: readonly FunctionType[];
  /** Type index of each function, imported ones first. */
  readonly functions: readonly number[];
  readonly importedFunctions: number;
  readonly importedTables: number;
  /** Minimum of each table of functions that the module defines, by index. */
  readonly functionTables: ReadonlyMap<number, number>;
  /** Of each memory, imported ones first, as declared. */
  readonly memories: readonly ReadLimits[];
  readonly importedMemories: number;
  readonly globals: number;
  readonly importedGlobals: number;
  /** Whether some global holds a reference to a function. */
  readonly hasFunctionGlobals: boolean;
  readonly exports: readonly CoreExport[];
  /** Index of the start function, null without one. */
  readonly start: number | null;
  /** Functions that an element segment or a global's initialiser refers to. */
  readonly referenced: ReadonlySet<number>;
}

/** The order in which sections must come. */
export const sectionOrder: readonly number[] = [
  sectionId.type,
  sectionId.import,
  sectionId.function,
  sectionId.table,
  sectionId.memory,
  sectionId.tag,
  sectionId.global,
  sectionId.export,
  sectionId.start,
  sectionId.element,
  sectionId.dataCount,
  sectionId.code,
  sectionId.data,
];

/** Reads the index spaces; refuses the proposals that show themselves outside code. */
export function readLayout(bytes: Uint8Array): Layout {
  const all = coreSections(bytes);
  const sections = inOrder(all);
  const tag = sections.get(sectionId.tag);
  if (tag !== undefined) throw unsupportedProposal('exception-handling', 'a tag section', tag.start);
  const section = (id: number): ByteReader | null => {
    const found = sections.get(id);
    return found === undefined ? null : new ByteReader(bytes, found.contentStart, found.end);
  };
  const types = vector(section(sectionId.type), readFunctionType);
  const functions: number[] = [];
  const memories: ReadLimits[] = [];
  let importedGlobals = 0;
  let importedTables = 0;
  let hasFunctionGlobals = false;
  const readGlobal = (reader: ByteReader): void => {
    if (checkType(reader) === valueType.funcref) hasFunctionGlobals = true;
    reader.u8();
  };
  for (const { kind, typeOffset } of readImports(bytes, all)) {
    const reader = new ByteReader(bytes, typeOffset);
    if (kind === 'func') functions.push(typeIndex(reader, types.length));
    else if (kind === 'memory') memories.push(readMemory(reader));
    else if (kind === 'table') {
      readTable(reader);
      importedTables++;
    } else if (kind === 'global') {
      readGlobal(reader);
      importedGlobals++;
    } else throw unsupportedProposal('exception-handling', 'a tag import', typeOffset);
  }
  const importedFunctions = functions.length;
  const importedMemories = memories.length;

  vector(section(sectionId.function), (reader) => functions.push(typeIndex(reader, types.length)));
  let tables = importedTables;
  const functionTables = new Map<number, number>();
  vector(section(sectionId.table), (reader) => {
    const isFunctions = reader.bytes[reader.position] === valueType.funcref;
    const { minimum } = readTable(reader);
    if (isFunctions) functionTables.set(tables, minimum);
    tables++;
  });
  vector(section(sectionId.memory), (reader) => memories.push(readMemory(reader)));

  const referenced = new Set<number>();
  const refer = (index: number, at: number): void => {
    if (index >= functions.length) throw invalidWasm(`a function ${index} that does not exist`, at);
    referenced.add(index);
  };
  const constant = (reader: ByteReader): void =>
    readConstant(reader, (opcode, at, index) => {
      if (opcode === constantOp.refFunc) refer(index, at);
    });
  const definedGlobals = vector(section(sectionId.global), (reader) => {
    readGlobal(reader);
    constant(reader);
  }).length;
  const exports = readExports(bytes, all);
  for (const { kind, index } of exports) {
    const past = kind === 'func' ? functions.length : importedGlobals + definedGlobals;
    if ((kind === 'func' || kind === 'global') && index >= past) {
      throw invalidWasm(`an export of ${kind} ${index}, which does not exist,`, exportStart(sections));
    }
  }
  const start = readStart(section(sectionId.start), functions, types);
  const visitor = { constant, func: refer, rest: () => undefined };
  vector(section(sectionId.element), (reader) => readElement(reader, visitor));
  return {
    bytes,
    sections,
    customSections: readCustomSections(bytes, all),
    types,
    functions,
    importedFunctions,
    importedTables,
    functionTables,
    memories,
    importedMemories,
    globals: importedGlobals + definedGlobals,
    importedGlobals,
    hasFunctionGlobals,
    exports,
    start,
    referenced,
  };
}

/** The start function, which must take and return nothing; the pass makes an export of it, so V8 can't tell. */
function readStart(
  reader: ByteReader | null,
  functions: readonly number[],
  types: readonly FunctionType[],
): number | null {
  if (reader === null) return null;
  const at = reader.position;
  const start = reader.u32();
  const type = types[functions[start] ?? -1];
  if (type?.parameterCount !== 0 || type.resultCount !== 0 || !reader.atEnd) {
    throw invalidWasm('a start function that does not exist or has parameters or results', at);
  }
  return start;
}

function exportStart(sections: ReadonlyMap<number, Section>): number {
  return sections.get(sectionId.export)!.start;
}

function inOrder(all: readonly Section[]): Map<number, Section> {
  const sections = new Map<number, Section>();
  let rank = -1;
  for (const section of all) {
    if (section.id === sectionId.custom) continue;
    const own = sectionOrder.indexOf(section.id);
    if (own < 0) throw invalidWasm(`an unknown section ${section.id}`, section.start);
    if (own <= rank) throw invalidWasm(`section ${section.id} out of order or twice`, section.start);
    rank = own;
    sections.set(section.id, section);
  }
  return sections;
}

/** Reads a section that is a vector, to its last byte; an absent one is empty. */
function vector<T>(reader: ByteReader | null, read: (reader: ByteReader) => T): T[] {
  const result: T[] = [];
  if (reader === null) return result;
  for (let left = reader.u32(); left > 0; left--) result.push(read(reader));
  if (!reader.atEnd) throw invalidWasm('a section longer than its contents', reader.position);
  return result;
}

function readFunctionType(reader: ByteReader): FunctionType {
  const at = reader.position;
  const form = reader.u8();
  if (form !== 0x60) {
    if (form === 0x5d) throw unsupportedProposal('stack-switching', 'a continuation type', at);
    if (form >= 0x4e && form <= 0x5f) throw unsupportedProposal('gc', 'a composite type', at);
    throw invalidWasm(`an unknown form of type 0x${form.toString(16)}`, at);
  }
  let hasFunctionReference = false;
  const types = (count: number): void => {
    for (let left = count; left > 0; left--) {
      if (checkType(reader) === valueType.funcref) hasFunctionReference = true;
    }
  };
  const parameterCount = reader.u32();
  const parametersOffset = reader.position;
  types(parameterCount);
  const resultCount = reader.u32();
  const resultsOffset = reader.position;
  types(resultCount);
  return { parameterCount, resultCount, parametersOffset, resultsOffset, hasFunctionReference };
}

function typeIndex(reader: ByteReader, types: number): number {
  const at = reader.position;
  const index = reader.u32();
  if (index >= types) throw invalidWasm(`a type index ${index} that does not exist`, at);
  return index;
}

function readMemory(reader: ByteReader): ReadLimits {
  const at = reader.position;
  const limits = readLimits(reader);
  if (limits.shared) throw unsupportedProposal('threads', 'a shared memory', at);
  if (limits.is64) throw unsupportedProposal('memory64', 'a 64-bit memory', at);
  if (limits.customPageSize) throw unsupportedProposal('custom-page-sizes', 'a page size', at);
  return limits;
}

function readTable(reader: ByteReader): ReadLimits {
  const at = reader.position;
  if (reader.bytes[at] === 0x40) throw unsupportedProposal('function-references', 'a table initialiser', at);
  checkType(reader);
  const limits = readLimits(reader);
  if (limits.shared) throw unsupportedProposal('threads', 'a shared table', at);
  if (limits.is64) throw unsupportedProposal('memory64', 'a 64-bit table', at);
  return limits;
}
