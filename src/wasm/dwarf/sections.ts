import { coreSections, readCustomSections } from '../coreModule.ts';
import { sectionId } from '../sections.ts';

const names = [
  'abbrev',
  'addr',
  'info',
  'line',
  'line_str',
  'ranges',
  'rnglists',
  'str',
  'str_offsets',
] as const;

/** The contents of a module's DWARF sections, by their names without `.debug_`; empty where there is none. */
export type DwarfSections = Readonly<Record<(typeof names)[number], Uint8Array>>;

/**
 * Finds the DWARF sections of a core module; null without line tables. Their addresses count from `codeStart`, the
 * start of the code section's contents (DWARF for WebAssembly).
 *
 * @throws WorkbenchError `invalid-wasm`
 */
export function dwarfSections(bytes: Uint8Array): { sections: DwarfSections; codeStart: number } | null {
  const all = coreSections(bytes);
  const code = all.find(({ id }) => id === sectionId.code);
  const custom = new Map(readCustomSections(bytes, all).map((section) => [section.name, section]));
  if (code === undefined || !custom.has('.debug_line')) return null;
  const contents = names.map((name) => {
    const section = custom.get(`.debug_${name}`);
    return [name, section ? bytes.subarray(section.contentStart, section.end) : new Uint8Array()];
  });
  return { sections: Object.fromEntries(contents) as DwarfSections, codeStart: code.contentStart };
}
