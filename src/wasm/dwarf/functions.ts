import { Cursor } from './cursor.ts';
import { attribute, readEntry } from './entries.ts';
import { type AddressRange, rangesOf } from './ranges.ts';
import type { DwarfSections } from './sections.ts';
import type { Unit } from './units.ts';

/** Code of a function: its own, or a copy of it within another function. */
export interface FunctionCode {
  readonly ranges: readonly AddressRange[];
  readonly unit: Unit;
  /** Offset in .debug_info of the entry that has its name, or refers to it. */
  readonly entry: number;
  /** Where it was called, for a copy within another function; a file's number in the unit's line table. */
  readonly call: { readonly file: number; readonly line: number; readonly column: number } | null;
  /** Copies of other functions within it. */
  readonly inlined: FunctionCode[];
}

const tag = { inlinedSubroutine: 0x1d, subprogram: 0x2e } as const;

/** The functions of a module that have code, ascending, with what is inlined in them. */
export function readFunctions(
  units: readonly Unit[],
  sections: DwarfSections,
  codeSize: number,
): FunctionCode[] {
  const functions: FunctionCode[] = [];
  for (const unit of units) readUnit(unit, sections, codeSize, functions);
  // Linkers give a function that another of its name took the place of that one's address: as LLVM does, what is told
  // first counts, which therefore stands last of those with one start.
  return functions.sort((a, b) => a.ranges[0]!.low - b.ranges[0]!.low || b.entry - a.entry);
}

function readUnit(unit: Unit, sections: DwarfSections, codeSize: number, functions: FunctionCode[]): void {
  const cursor = new Cursor(sections.info, unit.entries);
  /** For each open entry the innermost function that it is in. */
  const open: (FunctionCode | null)[] = [];
  while (cursor.position < unit.end) {
    const offset = cursor.position;
    const entry = readEntry(cursor, unit);
    if (entry === null) {
      open.pop();
      continue;
    }
    const { abbreviation, attributes } = entry;
    const parent = open.at(-1) ?? null;
    let own = parent;
    if (abbreviation.tag === tag.subprogram || abbreviation.tag === tag.inlinedSubroutine) {
      const isCopy = abbreviation.tag === tag.inlinedSubroutine;
      // Linkers give what they discard addresses beyond the code, or 0.
      const ranges = rangesOf(attributes, unit, sections).filter(
        ({ low, high }) => low > 0 && low < codeSize && high > low,
      );
      const number = (name: number) => Number(attributes.get(name)?.value ?? 0);
      own = {
        ranges,
        unit,
        entry: offset,
        call: isCopy
          ? {
              file: number(attribute.callFile),
              line: number(attribute.callLine),
              column: number(attribute.callColumn),
            }
          : null,
        inlined: [],
      };
      if (ranges.length > 0) (isCopy && parent !== null ? parent.inlined : functions).push(own);
    }
    if (abbreviation.hasChildren) open.push(own);
  }
}
