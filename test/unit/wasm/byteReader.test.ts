import assert from 'node:assert/strict';
import { ByteReader } from '../../../src/wasm/byteReader.ts';

const reader = (...bytes: number[]) => new ByteReader(Uint8Array.from(bytes));

describe('ByteReader', () => {
  it('reads unsigned LEB128, padded or not', () => {
    assert.equal(reader(0xe5, 0x8e, 0x26).u32(), 624485);
    assert.equal(reader(0xff, 0xff, 0xff, 0xff, 0x0f).u32(), 0xffffffff);
    assert.equal(reader(0x83, 0x80, 0x80, 0x80, 0x00).u32(), 3);
  });

  it('reads signed LEB128 of 32, 33 and 64 bits', () => {
    assert.equal(reader(0x7f).s32(), -1);
    assert.equal(reader(0x80, 0x80, 0x80, 0x80, 0x78).s32(), -(2 ** 31));
    assert.equal(reader(0x40).s33(), -64);
    assert.equal(reader(0x80, 0x80, 0x80, 0x80, 0x08).s33(), 2 ** 31);
    assert.equal(
      reader(0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7f).s64(),
      -9223372036854775808n,
    );
  });

  it('refuses numbers that are too long or too large, with the offset of their first byte', () => {
    const at1 = (...bytes: number[]) => new ByteReader(Uint8Array.from([0, ...bytes]), 1);
    assert.throws(() => at1(0x80, 0x80, 0x80, 0x80, 0x80, 0x00).u32(), /longer than 5 bytes at offset 1\b/);
    assert.throws(() => at1(0xff, 0xff, 0xff, 0xff, 0x1f).u32(), /above 32 bits at offset 1\b/);
    assert.throws(() => at1(0xff, 0xff, 0xff, 0xff, 0x4f).s32(), /beyond 32 bits at offset 1\b/);
    assert.throws(() => at1(0x80, 0x80, 0x80, 0x80, 0x80, 0x00).s32(), /longer than 5 bytes at offset 1\b/);
    assert.throws(() => at1(0x80, 0x80, 0x80, 0x80, 0x20).s33(), /beyond 33 bits at offset 1\b/);
  });

  it('never reads past its end', () => {
    assert.throws(() => reader().u8(), /unexpected end at offset 0\b/);
    assert.throws(() => reader(0x80).u32(), /unexpected end at offset 1\b/);
    assert.throws(() => reader(1, 2, 3).fixedU32(), /unexpected end at offset 3\b/);
    const sub = reader(1, 2, 3).sub(1);
    assert.equal(sub.u8(), 1);
    assert.throws(() => sub.u8(), /unexpected end at offset 1\b/);
    assert.throws(() => reader(1, 2).sub(3), /unexpected end at offset 2\b/);
  });

  it('reads names as UTF-8 and refuses what is not', () => {
    assert.equal(reader(3, 0xe2, 0x82, 0xac).name(), '€');
    assert.throws(() => reader(1, 0xff).name(), /not UTF-8 at offset 1\b/);
    assert.throws(() => reader(2, 0x61).name(), /unexpected end/);
  });
});
