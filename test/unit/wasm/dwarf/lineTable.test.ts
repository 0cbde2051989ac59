import assert from 'node:assert/strict';
import { LineTable } from '../../../../src/wasm/dwarf/lineTable.ts';
import type { DwarfSections } from '../../../../src/wasm/dwarf/sections.ts';
import { ByteWriter } from '../../../../src/wasm/byteWriter.ts';

const empty = new Uint8Array();
const none: DwarfSections = {
  abbrev: empty,
  addr: empty,
  info: empty,
  line: empty,
  line_str: empty,
  ranges: empty,
  rnglists: empty,
  str: empty,
  str_offsets: empty,
};

function bytes(write: (out: ByteWriter) => void): Uint8Array {
  const out = new ByteWriter(64);
  write(out);
  return out.written().slice();
}

const u32 = (value: number) => [value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff, value >>> 24];
const text = (value: string) => [...new TextEncoder().encode(value), 0];

/** What every version's header has in its middle: units of 1, lines from -5 in 14 steps, opcodes from 13. */
const opcodes = [1, 1, 1, 0xfb, 14, 13, 0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1];
const setAddress = (address: number) => [0, 5, 2, ...u32(address)];
const endSequence = [0, 1, 1];
const advanceLine = (lines: number) => [3, lines];
const advancePc = (units: number) => [2, units];
const copy = [1];

/** A unit of .debug_line. */
function unit(version: 4 | 5, files: readonly number[], program: readonly number[]): number[] {
  const rest = [...opcodes, ...files];
  const sizes = version === 5 ? [4, 0] : [];
  const body = [version, 0, ...sizes, ...u32(rest.length), ...rest, ...program];
  return [...u32(body.length), ...body];
}

const program = (address: number): number[] => [
  ...setAddress(address),
  ...advanceLine(9), // line 10
  ...[5, 4], // column 4
  ...copy,
  ...advancePc(6),
  ...advanceLine(2), // line 12
  ...copy,
  20 + 13, // address + 1, line + 1
  ...advancePc(3),
  ...endSequence,
];

describe('LineTable', () => {
  const files4 = [
    ...text('src'),
    ...text('/deps'),
    0,
    ...text('main.rs'),
    1,
    0,
    0,
    ...text('a.rs'),
    2,
    0,
    0,
    0,
  ];

  it('reads version 4, its paths within the folder of the unit', () => {
    const line = Uint8Array.from(unit(4, files4, program(0x20)));
    const table = new LineTable({ ...none, line }, 1000, () => '/app');
    const at = (address: number) => table.place(address);
    assert.equal(at(0x1f), null);
    assert.deepEqual(at(0x20), { file: '/app/src/main.rs', line: 10, column: 4 });
    assert.deepEqual(at(0x25), { file: '/app/src/main.rs', line: 10, column: 4 });
    assert.deepEqual(at(0x26), { file: '/app/src/main.rs', line: 12, column: 4 });
    assert.deepEqual(at(0x27), { file: '/app/src/main.rs', line: 13, column: 4 });
    assert.deepEqual(at(0x29), { file: '/app/src/main.rs', line: 13, column: 4 });
    assert.equal(at(0x2a), null, 'the sequence has ended');
  });

  it('reads version 5, whose paths may be in .debug_line_str, and files count from 0', () => {
    const strings = bytes((out) => out.raw(...text('/app'), ...text('src/main.rs')));
    const formats = [1, 1, 0x1f]; // one: path, DW_FORM_line_strp
    const folders = [...formats, 1, ...u32(0)];
    const files = [2, 1, 0x1f, 2, 0x0b, 2, ...u32(5), 0, ...u32(5), 0]; // path, and folder as DW_FORM_data1
    const line = Uint8Array.from(unit(5, [...folders, ...files], program(0x20)));
    const table = new LineTable({ ...none, line, line_str: strings }, 1000, () => '/not this');
    assert.deepEqual(table.place(0x21), { file: '/app/src/main.rs', line: 10, column: 4 });
  });

  it('leaves out what the linker discarded, and takes units in any order', () => {
    const line = Uint8Array.from([
      ...unit(4, files4, program(0x80)),
      ...unit(4, files4, program(0xffff_ffff)),
      ...unit(4, files4, program(0)),
      ...unit(4, files4, [4, 2, ...program(0x20)]),
    ]);
    const table = new LineTable({ ...none, line }, 1000, () => '/app');
    assert.equal(table.place(2), null);
    assert.equal(table.place(0x21)?.file, '/deps/a.rs');
    assert.equal(table.place(0x81)?.file, '/app/src/main.rs');
    assert.equal(table.place(900), null);
  });

  it('fails on what is cut off', () => {
    const line = Uint8Array.from(unit(4, files4, program(0x20)).slice(0, 30));
    assert.throws(() => new LineTable({ ...none, line }, 1000, () => ''), RangeError);
  });
});
