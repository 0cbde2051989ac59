import { Cursor } from './cursor.ts';
import { addressOf, type Attribute, attribute, type UnitBases } from './entries.ts';
import { form } from './forms.ts';
import type { DwarfSections } from './sections.ts';

/** Addresses from `low` up to `high`, which is none of them. */
export interface AddressRange {
  readonly low: number;
  readonly high: number;
}

/** The code of an entry, by DW_AT_low_pc and DW_AT_high_pc or by DW_AT_ranges; empty for one without code. */
export function rangesOf(
  attributes: ReadonlyMap<number, Attribute>,
  unit: UnitBases,
  sections: DwarfSections,
): AddressRange[] {
  const ranges = attributes.get(attribute.ranges);
  if (ranges !== undefined) {
    return unit.version >= 5
      ? rangeList5(ranges, unit, sections)
      : rangeList(Number(ranges.value), unit, sections);
  }
  const lowPc = attributes.get(attribute.lowPc);
  const highPc = attributes.get(attribute.highPc);
  if (lowPc === undefined || highPc === undefined) return [];
  const low = addressOf(lowPc, unit, sections);
  // An address in version 2 and 3, a length since.
  const high = highPc.form === form.addr ? Number(highPc.value) : low + Number(highPc.value);
  return [{ low, high }];
}

/** .debug_ranges (DWARF 4, 2.17.3). */
function rangeList(
  offset: number,
  { addressSize, lowPc }: UnitBases,
  sections: DwarfSections,
): AddressRange[] {
  const cursor = new Cursor(sections.ranges, offset);
  const largest = 256 ** addressSize - 1;
  const found: AddressRange[] = [];
  let base = lowPc;
  for (;;) {
    const low = cursor.sized(addressSize);
    const high = cursor.sized(addressSize);
    if (low === 0 && high === 0) return found;
    if (low === largest) base = high;
    else found.push({ low: base + low, high: base + high });
  }
}

const entryKind = {
  endOfList: 0,
  baseAddressx: 1,
  startxEndx: 2,
  startxLength: 3,
  offsetPair: 4,
  baseAddress: 5,
  startEnd: 6,
  startLength: 7,
} as const;

/** .debug_rnglists (DWARF 5, 2.17.3). */
function rangeList5(
  { form: kind, value }: Attribute,
  unit: UnitBases,
  sections: DwarfSections,
): AddressRange[] {
  const { rnglistsBase, offsetSize, addressSize } = unit;
  const offset =
    kind === form.rnglistx
      ? rnglistsBase +
        new Cursor(sections.rnglists, rnglistsBase + Number(value) * offsetSize).sized(offsetSize)
      : Number(value);
  const cursor = new Cursor(sections.rnglists, offset);
  const address = () => cursor.sized(addressSize);
  const indexed = () => addressOf({ form: form.addrx, value: cursor.uleb() }, unit, sections);
  const found: AddressRange[] = [];
  let base = unit.lowPc;
  const add = (low: number, high: number) => found.push({ low, high });
  for (;;) {
    switch (cursor.u8()) {
      case entryKind.endOfList:
        return found;
      case entryKind.baseAddressx:
        base = indexed();
        break;
      case entryKind.startxEndx:
        add(indexed(), indexed());
        break;
      case entryKind.startxLength: {
        const low = indexed();
        add(low, low + cursor.uleb());
        break;
      }
      case entryKind.offsetPair:
        add(base + cursor.uleb(), base + cursor.uleb());
        break;
      case entryKind.baseAddress:
        base = address();
        break;
      case entryKind.startEnd:
        add(address(), address());
        break;
      case entryKind.startLength: {
        const low = address();
        add(low, low + cursor.uleb());
        break;
      }
      default:
        throw new RangeError('an unknown kind of range');
    }
  }
}
