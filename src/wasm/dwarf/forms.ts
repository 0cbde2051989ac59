import { Cursor } from './cursor.ts';
import type { DwarfSections } from './sections.ts';

/** What a unit's attributes are read by. */
export interface UnitShape {
  readonly version: number;
  readonly offsetSize: 4 | 8;
  readonly addressSize: number;
  /** Of the unit in .debug_info. */
  readonly start: number;
}

/** An attribute's value: a number (an address, offset, constant, or index), a text, or nothing that is used here. */
export type FormValue = number | string | null;

/** Codes of DW_FORM_* (DWARF 5, 7.5.6). */
export const form = {
  addr: 0x01,
  block2: 0x03,
  block4: 0x04,
  data2: 0x05,
  data4: 0x06,
  data8: 0x07,
  string: 0x08,
  block: 0x09,
  block1: 0x0a,
  data1: 0x0b,
  flag: 0x0c,
  sdata: 0x0d,
  strp: 0x0e,
  udata: 0x0f,
  refAddr: 0x10,
  ref1: 0x11,
  ref2: 0x12,
  ref4: 0x13,
  ref8: 0x14,
  refUdata: 0x15,
  indirect: 0x16,
  secOffset: 0x17,
  exprloc: 0x18,
  flagPresent: 0x19,
  strx: 0x1a,
  addrx: 0x1b,
  refSup4: 0x1c,
  strpSup: 0x1d,
  data16: 0x1e,
  lineStrp: 0x1f,
  refSig8: 0x20,
  implicitConst: 0x21,
  loclistx: 0x22,
  rnglistx: 0x23,
  refSup8: 0x24,
  strx1: 0x25,
  strx2: 0x26,
  strx3: 0x27,
  strx4: 0x28,
  addrx1: 0x29,
  addrx2: 0x2a,
  addrx3: 0x2b,
  addrx4: 0x2c,
} as const;

/**
 * Reads one attribute's value. References become offsets in .debug_info; texts that are elsewhere, and indices, are
 * returned as the number that stands there: {@link textOf} and the unit resolve them.
 */
export function readForm(code: number, cursor: Cursor, unit: UnitShape): FormValue {
  switch (code) {
    case form.addr:
      return cursor.sized(unit.addressSize);
    case form.data1:
    case form.flag:
    case form.strx1:
    case form.addrx1:
      return cursor.u8();
    case form.data2:
    case form.strx2:
    case form.addrx2:
      return cursor.u16();
    case form.strx3:
    case form.addrx3:
      return cursor.u24();
    case form.data4:
    case form.strx4:
    case form.addrx4:
    case form.refSup4:
      return cursor.u32();
    case form.data8:
    case form.refSup8:
      return cursor.u64();
    case form.udata:
    case form.strx:
    case form.addrx:
    case form.loclistx:
    case form.rnglistx:
      return cursor.uleb();
    case form.sdata:
      return cursor.sleb();
    case form.strp:
    case form.lineStrp:
    case form.secOffset:
    case form.strpSup:
      return cursor.sized(unit.offsetSize);
    case form.refAddr:
      return cursor.sized(unit.version <= 2 ? unit.addressSize : unit.offsetSize);
    case form.ref1:
      return unit.start + cursor.u8();
    case form.ref2:
      return unit.start + cursor.u16();
    case form.ref4:
      return unit.start + cursor.u32();
    case form.ref8:
      return unit.start + cursor.u64();
    case form.refUdata:
      return unit.start + cursor.uleb();
    case form.string:
      return cursor.string();
    case form.flagPresent:
      return 1;
    case form.indirect:
      return readForm(cursor.uleb(), cursor, unit);
    case form.block1:
      return skipped(cursor, cursor.u8());
    case form.block2:
      return skipped(cursor, cursor.u16());
    case form.block4:
      return skipped(cursor, cursor.u32());
    case form.block:
    case form.exprloc:
      return skipped(cursor, cursor.uleb());
    case form.data16:
      return skipped(cursor, 16);
    case form.refSig8:
      return skipped(cursor, 8);
    default:
      throw new RangeError(`an unknown form 0x${code.toString(16)}`);
  }
}

function skipped(cursor: Cursor, length: number): null {
  cursor.skip(length);
  return null;
}

/** The text that a value of a form for texts stands for; null for another form. */
export function textOf(
  code: number,
  value: FormValue,
  sections: DwarfSections,
  { offsetSize, strOffsetsBase }: { readonly offsetSize: number; readonly strOffsetsBase: number },
): string | null {
  if (typeof value !== 'number') return value;
  switch (code) {
    case form.strp:
      return new Cursor(sections.str, value).string();
    case form.lineStrp:
      return new Cursor(sections.line_str, value).string();
    case form.strx:
    case form.strx1:
    case form.strx2:
    case form.strx3:
    case form.strx4: {
      const at = new Cursor(sections.str_offsets, strOffsetsBase + value * offsetSize).sized(offsetSize);
      return new Cursor(sections.str, at).string();
    }
    default:
      return null;
  }
}
