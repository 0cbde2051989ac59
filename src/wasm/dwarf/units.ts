import { type Abbreviation, readAbbreviations } from './abbreviations.ts';
import { Cursor } from './cursor.ts';
import { addressOf, type Attribute, attribute, readEntry, type UnitBases } from './entries.ts';
import { textOf, type UnitShape } from './forms.ts';
import { type AddressRange, rangesOf } from './ranges.ts';
import type { DwarfSections } from './sections.ts';

/** A unit of .debug_info. */
export interface Unit extends UnitBases {
  readonly end: number;
  /** Offset of its first entry. */
  readonly entries: number;
  readonly abbreviations: ReadonlyMap<number, Abbreviation>;
  /** Of its line numbers in .debug_line; null without. */
  readonly stmtList: number | null;
  readonly compDir: string;
  /** Its code; empty where the unit doesn't tell. */
  readonly ranges: readonly AddressRange[];
}

const typeUnit = { type: 2, splitType: 6 } as const;
const unitType = { skeleton: 4, splitCompile: 5 } as const;

/** The units of .debug_info, versions 2 to 5, in order. */
export function readUnits(sections: DwarfSections): Unit[] {
  const cursor = new Cursor(sections.info);
  const abbreviations = new Map<number, Map<number, Abbreviation>>();
  const units: Unit[] = [];
  while (cursor.position < cursor.bytes.length) {
    const start = cursor.position;
    const { end, offsetSize } = cursor.unitLength();
    const version = cursor.u16();
    if (version < 2 || version > 5) throw new RangeError(`a unit of version ${version}`);
    const kind = version >= 5 ? cursor.u8() : 0;
    const sizeFirst = version >= 5 ? cursor.u8() : 0;
    const abbreviationsAt = cursor.sized(offsetSize);
    const addressSize = version >= 5 ? sizeFirst : cursor.u8();
    if (kind === unitType.skeleton || kind === unitType.splitCompile) cursor.skip(8);
    else if (kind === typeUnit.type || kind === typeUnit.splitType) cursor.skip(8 + offsetSize);
    const table = abbreviations.get(abbreviationsAt) ?? readAbbreviations(sections.abbrev, abbreviationsAt);
    abbreviations.set(abbreviationsAt, table);
    const shape = {
      start,
      version,
      offsetSize,
      addressSize,
      end,
      entries: cursor.position,
      abbreviations: table,
    };
    units.push(withRoot(shape, sections));
    cursor.position = end;
  }
  return units;
}

function withRoot(
  shape: Pick<Unit, 'end' | 'entries' | 'abbreviations' | keyof UnitShape>,
  sections: DwarfSections,
): Unit {
  const attributes = readEntry(new Cursor(sections.info, shape.entries), shape)?.attributes;
  const number = (name: number): number | null => {
    const value = attributes?.get(name)?.value;
    return typeof value === 'number' ? value : null;
  };
  const bases = {
    strOffsetsBase: number(attribute.strOffsetsBase) ?? 8,
    addrBase: number(attribute.addrBase) ?? 8,
    rnglistsBase: number(attribute.rnglistsBase) ?? 12,
  };
  const folder = attributes?.get(attribute.compDir);
  const unit = {
    ...shape,
    ...bases,
    stmtList: number(attribute.stmtList),
    compDir: folder ? (textOf(folder.form, folder.value, sections, { ...shape, ...bases }) ?? '') : '',
    lowPc: 0,
    ranges: [],
  };
  const low = attributes?.get(attribute.lowPc);
  const based = { ...unit, lowPc: low ? addressOf(low, unit, sections) : 0 };
  return attributes ? { ...based, ranges: rangesOfUnit(attributes, based, sections) } : based;
}

/** None where they can't be read: the rest of what the unit says holds without. */
function rangesOfUnit(
  attributes: ReadonlyMap<number, Attribute>,
  unit: Unit,
  sections: DwarfSections,
): AddressRange[] {
  try {
    return rangesOf(attributes, unit, sections);
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}
