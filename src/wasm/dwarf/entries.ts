import type { Abbreviation } from './abbreviations.ts';
import { Cursor } from './cursor.ts';
import { form, type FormValue, readForm, type UnitShape } from './forms.ts';
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

/** What the values of a unit's attributes count from. */
export interface UnitBases extends UnitShape {
  readonly strOffsetsBase: number;
  readonly addrBase: number;
  readonly rnglistsBase: number;
  /** Which ranges count from. */
  readonly lowPc: number;
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
  { addrBase, addressSize }: Pick<UnitBases, 'addrBase' | 'addressSize'>,
  sections: DwarfSections,
): number {
  if (kind === form.addr) return Number(value);
  return new Cursor(sections.addr, addrBase + Number(value) * addressSize).sized(addressSize);
}
