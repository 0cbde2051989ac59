import { type Abbreviation, readAbbreviations } from './abbreviations.ts';
import { Cursor } from './cursor.ts';
import { form, type FormValue, readForm, textOf, type UnitShape } from './forms.ts';
import { type AddressRange, rangesOf } from './ranges.ts';
import type { DwarfSections } from './sections.ts';

/** Codes of DW_AT_* that are used here (DWARF 5, 7.5.4). */
export const attribute = {
  name: 0x03,
  stmtList: 0x10,
  lowPc: 0x11,
  highPc: 0x12,
  compDir: 0x1b,
  abstractOrigin: 0x31,
  specification: 0x47,
  ranges: 0x55,
  callColumn: 0x57,
  callFile: 0x58,
  callLine: 0x59,
  linkageName: 0x6e,
  strOffsetsBase: 0x72,
  addrBase: 0x73,
  rnglistsBase: 0x74,
  mipsLinkageName: 0x2007,
} as const;

/** A unit of .debug_info. */
export interface Unit extends UnitShape {
  readonly end: number;
  /** Offset of its first entry. */
  readonly entries: number;
  readonly abbreviations: ReadonlyMap<number, Abbreviation>;
  readonly strOffsetsBase: number;
  readonly addrBase: number;
  readonly rnglistsBase: number;
  /** Which ranges count from. */
  readonly lowPc: number;
  /** Of its line numbers in .debug_line; null without. */
  readonly stmtList: number | null;
  readonly compDir: string;
  /** Its code; empty where the unit doesn't tell. */
  readonly ranges: readonly AddressRange[];
}

/** An attribute as it stands in an entry. */
export interface Attribute {
  readonly form: number;
  readonly value: FormValue;
}

/** A debugging entry: an abbreviation of its unit and the values of the attributes. */
export interface Entry {
  readonly abbreviation: Abbreviation;
  readonly attributes: ReadonlyMap<number, Attribute>;
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

/** Reads the entry that the cursor is at; null for the mark that ends a list of siblings. */
export function readEntry(
  cursor: Cursor,
  unit: UnitShape & { readonly abbreviations: ReadonlyMap<number, Abbreviation> },
): Entry | null {
  const code = cursor.uleb();
  if (code === 0) return null;
  const abbreviation = unit.abbreviations.get(code);
  if (abbreviation === undefined) throw new RangeError(`no abbreviation ${code}`);
  const attributes = new Map<number, Attribute>();
  for (const { name, form: kind, constant } of abbreviation.attributes) {
    const value = kind === form.implicitConst ? constant : readForm(kind, cursor, unit);
    attributes.set(name, { form: kind, value });
  }
  return { abbreviation, attributes };
}

/** The address that an attribute of a form for addresses stands for. */
export function addressOf(
  { form: kind, value }: Attribute,
  { addrBase, addressSize }: Pick<Unit, 'addrBase' | 'addressSize'>,
  sections: DwarfSections,
): number {
  if (kind === form.addr) return Number(value);
  return new Cursor(sections.addr, addrBase + Number(value) * addressSize).sized(addressSize);
}
