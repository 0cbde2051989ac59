import type { Cursor } from './cursor.ts';
import { readForm, textOf } from './forms.ts';
import type { DwarfSections } from './sections.ts';

/** The header of one line number program (DWARF 5, 6.2.4). */
export interface LineHeader {
  /** Offset in .debug_line, by which units name it. */
  readonly start: number;
  readonly end: number;
  /** Null before version 5, where the opcode says it. */
  readonly addressSize: number | null;
  readonly minimumInstructionLength: number;
  readonly lineBase: number;
  readonly lineRange: number;
  readonly opcodeBase: number;
  readonly operandCounts: readonly number[];
  /** Paths by the number that rows and units use, relative ones to the unit's folder. */
  readonly files: readonly string[];
}

const contentType = { path: 1, directoryIndex: 2 } as const;

/**
 * Reads a header, versions 2 to 5, and leaves the cursor at the program.
 *
 * @param folder the unit's DW_AT_comp_dir
 */
export function readLineHeader(
  cursor: Cursor,
  sections: DwarfSections,
  folder: (start: number) => string,
): LineHeader {
  const start = cursor.position;
  const { end, offsetSize } = cursor.unitLength();
  const version = cursor.u16();
  if (version < 2 || version > 5) throw new RangeError(`line tables of version ${version}`);
  const addressSize = version >= 5 ? cursor.u8() : null;
  if (version >= 5) cursor.u8();
  const headerLength = cursor.sized(offsetSize);
  const program = cursor.position + headerLength;
  const minimumInstructionLength = cursor.u8();
  if (version >= 4) cursor.u8();
  cursor.u8();
  const lineBase = cursor.s8();
  const lineRange = cursor.u8();
  const opcodeBase = cursor.u8();
  const operandCounts = Array.from({ length: opcodeBase - 1 }, () => cursor.u8());
  const files = version >= 5 ? readPaths5(cursor, sections, offsetSize) : readPaths(cursor, folder(start));
  cursor.position = program;
  return {
    start,
    end,
    addressSize,
    minimumInstructionLength,
    lineBase,
    lineRange,
    opcodeBase,
    operandCounts,
    files,
  };
}

/** Before version 5: folder 0 is the unit's, and files count from 1. */
function readPaths(cursor: Cursor, folder: string): string[] {
  const folders = [folder];
  for (let name = cursor.string(); name !== ''; name = cursor.string()) folders.push(join(folder, name));
  const files = [''];
  for (let name = cursor.string(); name !== ''; name = cursor.string()) {
    const index = cursor.uleb();
    cursor.uleb();
    cursor.uleb();
    files.push(join(folders[index] ?? '', name));
  }
  return files;
}

/** From version 5 on: folder 0 is the unit's, and files count from 0. */
function readPaths5(cursor: Cursor, sections: DwarfSections, offsetSize: 4 | 8): string[] {
  const shape = { version: 5, offsetSize, addressSize: 4, start: 0 };
  const entries = (): { path: string; folder: number }[] => {
    const formats = Array.from({ length: cursor.u8() }, () => ({ type: cursor.uleb(), form: cursor.uleb() }));
    return Array.from({ length: cursor.uleb() }, () => {
      const entry = { path: '', folder: 0 };
      for (const { type, form } of formats) {
        const value = readForm(form, cursor, shape);
        if (type === contentType.path)
          entry.path = textOf(form, value, sections, { offsetSize, strOffsetsBase: 8 }) ?? '';
        else if (type === contentType.directoryIndex && typeof value === 'number') entry.folder = value;
      }
      return entry;
    });
  };
  const folders = entries().map(({ path }) => path);
  const absolute = folders.map((path) => join(folders[0] ?? '', path));
  return entries().map(({ path, folder }) => join(absolute[folder] ?? '', path));
}

/** A path within a folder, both as the compiler wrote them, on whichever system. */
function join(folder: string, path: string): string {
  if (folder === '' || isAbsolute(path)) return path;
  const separator = folder.includes('\\') ? '\\' : '/';
  return folder.endsWith(separator) ? folder + path : folder + separator + path;
}

function isAbsolute(path: string): boolean {
  return (
    path.startsWith('/') || path.startsWith('\\') || /^[A-Za-z]:[\\/]|^[a-z][a-z0-9+.-]*:\/\//.test(path)
  );
}
