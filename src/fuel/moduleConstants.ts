import { ByteReader } from '../wasm/byteReader.ts';
import { readImports } from '../wasm/coreModule.ts';
import { sectionId } from '../wasm/sections.ts';
import { readLimits } from '../wasm/types.ts';
import { constantOp, readConstant } from './constants.ts';
import type { Layout } from './layout.ts';

/** What is the same in every run of a module, by index; -1 for what isn't, or isn't known. */
export interface ModuleConstants {
  /** Values of immutable globals that one `i32.const` initialises. */
  readonly globals: readonly number[];
  /** Sizes of tables whose maximum is their minimum, in elements. */
  readonly tables: readonly number[];
}

/** Reads the constants of a module from its imports and its sections of tables and globals. */
export function readModuleConstants({ bytes, sections, importedGlobals }: Layout): ModuleConstants {
  const tables: number[] = [];
  const readTable = (reader: ByteReader): void => {
    reader.u8();
    const { minimum, maximum } = readLimits(reader);
    tables.push(minimum === maximum ? minimum : -1);
  };
  for (const { kind, typeOffset } of readImports(bytes, [...sections.values()])) {
    if (kind === 'table') readTable(new ByteReader(bytes, typeOffset));
  }
  const globals = new Array<number>(importedGlobals).fill(-1);
  const readGlobal = (reader: ByteReader): void => {
    reader.u8();
    const isMutable = reader.u8() === 1;
    const at = reader.position;
    const opcodes: number[] = [];
    readConstant(reader, (opcode) => opcodes.push(opcode));
    const isConstant = !isMutable && opcodes[0] === constantOp.i32Const && opcodes.length === 2;
    globals.push(isConstant ? new ByteReader(bytes, at + 1).s32() : -1);
  };
  const each = (id: number, read: (reader: ByteReader) => void): void => {
    const section = sections.get(id);
    if (section === undefined) return;
    const reader = new ByteReader(bytes, section.contentStart, section.end);
    for (let left = reader.u32(); left > 0; left--) read(reader);
  };
  each(sectionId.table, readTable);
  each(sectionId.global, readGlobal);
  return { globals, tables };
}
