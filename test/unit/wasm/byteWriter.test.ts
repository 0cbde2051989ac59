import assert from 'node:assert/strict';
import { ByteReader } from '../../../src/wasm/byteReader.ts';
import { ByteWriter } from '../../../src/wasm/byteWriter.ts';

describe('ByteWriter', () => {
  it('writes numbers that read back, in the fewest bytes', () => {
    const writer = new ByteWriter(0);
    const unsigned = [0, 127, 128, 16383, 16384, 0xffffffff];
    const signed = [
      0,
      63,
      64,
      -64,
      -65,
      2 ** 31 - 1,
      -(2 ** 31),
      2 ** 40,
      -(2 ** 40),
      Number.MAX_SAFE_INTEGER,
    ];
    for (const value of unsigned) writer.u32(value);
    for (const value of signed) writer.signed(value);
    const reader = new ByteReader(writer.written());
    assert.deepEqual(
      unsigned.map(() => reader.u32()),
      unsigned,
    );
    assert.deepEqual(
      signed.map(() => Number(reader.s64())),
      signed,
    );
    assert.ok(reader.atEnd);
    const small = new ByteWriter(0);
    small.u32(127);
    small.signed(-64);
    assert.equal(small.position, 2);
  });

  it('fills a place that was kept with the length of what follows', () => {
    const writer = new ByteWriter(0);
    const at = writer.placeholder();
    writer.copy(new Uint8Array(300), 0, 300);
    writer.patchLength(at);
    assert.equal(new ByteReader(writer.written()).u32(), 300);
  });

  it('grows, and copies short and long runs alike', () => {
    const source = Uint8Array.from({ length: 5000 }, (_, n) => n % 251);
    const writer = new ByteWriter(0);
    for (let at = 0; at < source.length; at += at % 3 === 0 ? 7 : 400) {
      writer.copy(source, at, Math.min(source.length, at + (at % 3 === 0 ? 7 : 400)));
    }
    assert.deepEqual(writer.written(), source);
  });

  it('writes names and instructions', () => {
    const writer = new ByteWriter(0);
    writer.name('é');
    writer.instruction(0x20, 300);
    assert.deepEqual([...writer.written()], [2, 0xc3, 0xa9, 0x20, 0xac, 0x02]);
  });
});
