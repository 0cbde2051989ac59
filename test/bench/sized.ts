import { readConstant } from '../../src/fuel/constants.ts';
import { ByteReader } from '../../src/wasm/byteReader.ts';
import { ByteWriter } from '../../src/wasm/byteWriter.ts';
import { coreSections } from '../../src/wasm/coreModule.ts';
import { preambleLength, sectionId } from '../../src/wasm/sections.ts';

/** A valid module of about `size` bytes: functions and data of `wasm`, all of them once and then as often as they fit. */
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
  const repeated = new Map<number, Uint8Array[]>([
    [sectionId.function, entries(sectionId.function, (reader) => reader.u32())],
    [sectionId.code, entries(sectionId.code, (reader) => reader.skip(reader.u32()))],
    [sectionId.data, entries(sectionId.data, skipData)],
  ]);
  const times = size / sections.reduce((sum, { start, end }) => sum + end - start, 0);
  const out = new ByteWriter(size * 2);
  out.copy(wasm, 0, preambleLength);
  for (const { id, start, end } of sections) {
    const all = repeated.get(id);
    if (all === undefined) {
      out.copy(wasm, start, end);
      continue;
    }
    const count = Math.max(all.length, Math.round(all.length * times));
    out.u8(id);
    const place = out.placeholder();
    out.u32(count);
    for (let n = 0; n < count; n++) {
      const entry = all[n % all.length]!;
      out.copy(entry, 0, entry.length);
    }
    out.patchLength(place);
  }
  return out.written();
}

function skipData(reader: ByteReader): void {
  const mode = reader.u32();
  if (mode === 2) reader.u32();
  if (mode !== 1) readConstant(reader, () => undefined);
  reader.skip(reader.u32());
}
