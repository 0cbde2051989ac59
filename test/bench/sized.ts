import { readConstant } from '../../src/fuel/constants.ts';
import { ByteReader } from '../../src/wasm/byteReader.ts';
import { ByteWriter } from '../../src/wasm/byteWriter.ts';
import { coreSections } from '../../src/wasm/coreModule.ts';
import { preambleLength, sectionId } from '../../src/wasm/sections.ts';

/**
 * A valid module of `size` bytes: functions and data of `wasm`, all of them once and then as often as they fit. The few
 * bytes that are then left are a custom section.
 */
export function ofSize(wasm: Uint8Array, size: number): Uint8Array {
  const sections = coreSections(wasm).filter(({ id }) => id !== sectionId.custom);
  const entries = (id: number, skip: (reader: ByteReader) => void): Uint8Array[] => {
    const { contentStart, end } = sections.find((section) => section.id === id)!;
    const reader = new ByteReader(wasm, contentStart, end);
    return Array.from({ length: reader.u32() }, () => {
      const from = reader.position;
      skip(reader);
      return wasm.subarray(from, reader.position);
    });
  };
  const declared = entries(sectionId.function, (reader) => reader.u32());
  const bodies = entries(sectionId.code, (reader) => reader.skip(reader.u32()));
  const data = entries(sectionId.data, skipData);
  const own = sections.reduce((sum, { start, end }) => sum + end - start, preambleLength);
  const times = Math.floor(size / own);
  if (times < 1) throw new Error(`the program has ${own} bytes already`);
  const repeated = new Map<number, Uint8Array[]>();
  repeated.set(sectionId.data, Array.from({ length: times }, () => data).flat());
  const kept = sections.filter(({ id }) => id !== sectionId.function && id !== sectionId.code);
  let left = size - mostOverhead - preambleLength;
  for (const { id, start, end } of kept) left -= (end - start) * (id === sectionId.data ? times : 1);
  let count = 0;
  for (; ; count++) {
    left -= declared[count % declared.length]!.length + bodies[count % bodies.length]!.length;
    if (left < 0) break;
  }
  const first = (all: readonly Uint8Array[]) => Array.from({ length: count }, (_, n) => all[n % all.length]!);
  repeated.set(sectionId.function, first(declared));
  repeated.set(sectionId.code, first(bodies));

  const out = new ByteWriter(size + mostOverhead);
  out.copy(wasm, 0, preambleLength);
  for (const { id, start, end } of sections) {
    const all = repeated.get(id);
    if (all === undefined) {
      out.copy(wasm, start, end);
      continue;
    }
    out.u8(id);
    const place = out.placeholder();
    out.u32(all.length);
    for (const entry of all) out.copy(entry, 0, entry.length);
    out.patchLength(place);
  }
  out.u8(sectionId.custom);
  const place = out.placeholder();
  out.name('rest');
  const rest = new Uint8Array(size - out.position);
  out.copy(rest, 0, rest.length);
  out.patchLength(place);
  return out.written();
}

/** Bytes that sections have around their entries. */
const mostOverhead = 64;

function skipData(reader: ByteReader): void {
  const mode = reader.u32();
  if (mode === 2) reader.u32();
  if (mode !== 1) readConstant(reader, () => undefined);
  reader.skip(reader.u32());
}
