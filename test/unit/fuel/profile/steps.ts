import { readOperator } from '../../../conformance/trace.ts';
import { readLayout, sectionOrder } from '../../../../src/fuel/layout.ts';
import { ByteReader } from '../../../../src/wasm/byteReader.ts';
import { ByteWriter } from '../../../../src/wasm/byteWriter.ts';
import { sectionId } from '../../../../src/wasm/sections.ts';

/** How often each operator of a module was executed, by its offset; a function's start stands for its calls. */
export type Steps = ReadonlyMap<number, number>;

/** The prefix of the names under which counters are exported. */
const prefix = 'steps ';

/**
 * The module with a counter before every operator that is charged, one after the other: what single steps would
 * count. It shares nothing with the metering and the profile but the table of operators, and knows no blocks.
 */
export function stepped(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const layout = readLayout(bytes);
  const offsets: number[] = [];
  const out = new ByteWriter(bytes.length * 8);
  const code = new ByteWriter(bytes.length * 8);
  const section = layout.sections.get(sectionId.code);
  if (section !== undefined) {
    const bump = (offset: number) => {
      const global = layout.globals + offsets.push(offset) - 1;
      code.u8(0x23); // global.get
      code.u32(global);
      code.raw(0x42, 1, 0x7c, 0x24); // i64.const 1, i64.add, global.set
      code.u32(global);
    };
    const reader = new ByteReader(bytes, section.contentStart, section.end);
    const functions = reader.u32();
    code.u32(functions);
    for (let left = functions; left > 0; left--) {
      const body = reader.sub(reader.u32());
      const start = body.position;
      const size = code.placeholder();
      for (let groups = body.u32(); groups > 0; groups--) {
        body.u32();
        body.u8();
      }
      code.copy(bytes, start, body.position);
      bump(start);
      while (!body.atEnd) {
        const at = body.position;
        if (readOperator(body).cost > 0) bump(at);
        code.copy(bytes, at, body.position);
      }
      code.patchLength(size);
    }
  }
  out.copy(bytes, 0, 8);
  for (const id of sectionOrder) {
    const found = layout.sections.get(id);
    const isExtended = id === sectionId.global || id === sectionId.export;
    if (id !== sectionId.code && !isExtended) {
      if (found !== undefined) out.copy(bytes, found.start, found.end);
      continue;
    }
    out.u8(id);
    const size = out.placeholder();
    if (id === sectionId.code) out.copy(code.bytes, 0, code.position);
    else {
      const reader =
        found === undefined
          ? new ByteReader(Uint8Array.of(0))
          : new ByteReader(bytes, found.contentStart, found.end);
      out.u32(reader.u32() + offsets.length);
      out.copy(reader.bytes, reader.position, reader.end);
      offsets.forEach((offset, n) => {
        if (id === sectionId.global) out.raw(0x7e, 1, 0x42, 0, 0x0b);
        else {
          out.name(`${prefix}${offset}`);
          out.u8(3);
          out.u32(layout.globals + n);
        }
      });
    }
    out.patchLength(size);
  }
  return out.written();
}

/** For each function's start, which its calls stand at: where its first operator is. */
export function firstOperators(bytes: Uint8Array): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  const section = readLayout(bytes).sections.get(sectionId.code);
  if (section === undefined) return found;
  const reader = new ByteReader(bytes, section.contentStart, section.end);
  for (let left = reader.u32(); left > 0; left--) {
    const body = reader.sub(reader.u32());
    const start = body.position;
    for (let groups = body.u32(); groups > 0; groups--) {
      body.u32();
      body.u8();
    }
    found.set(start, body.position);
  }
  return found;
}

/** The counts of an instance so far. */
export function stepsOf({ exports }: WebAssembly.Instance): Steps {
  const steps = new Map<number, number>();
  for (const [name, value] of Object.entries(exports)) {
    if (!name.startsWith(prefix)) continue;
    const count = Number((value as unknown as WebAssembly.Global<'i64'>).value);
    if (count > 0) steps.set(Number(name.slice(prefix.length)), count);
  }
  return steps;
}
