import { immediates, type Operator, operators } from '../../src/fuel/opcodes.ts';
import { readLayout, sectionOrder } from '../../src/fuel/layout.ts';
import { ByteReader } from '../../src/wasm/byteReader.ts';
import { ByteWriter } from '../../src/wasm/byteWriter.ts';
import { type Section, sectionId } from '../../src/wasm/sections.ts';

const byOpcode = new Map(operators.map((operator) => [`${operator.prefix} ${operator.opcode}`, operator]));

/** Exported names of the globals that {@link traced} adds begin so. */
export const tracePrefix = 'executed ';

/**
 * The same module with a mutable global for each operator of its code, exported, which turns 1 just before the
 * operator is executed. Independent of the fuel pass: it shares nothing with it but the operator table.
 */
export function traced(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const layout = readLayout(bytes);
  const globals = new Map<Operator, number>();
  const global = (operator: Operator) => {
    if (!globals.has(operator)) globals.set(operator, layout.globals + globals.size);
    return globals.get(operator)!;
  };
  const code = new ByteWriter(bytes.length * 5);
  const codeSection = layout.sections.get(sectionId.code);
  if (codeSection !== undefined)
    traceCode(new ByteReader(bytes, codeSection.contentStart, codeSection.end), code, global);

  const out = new ByteWriter(bytes.length * 6);
  out.copy(bytes, 0, 8);
  for (const id of sectionOrder) {
    const section = layout.sections.get(id);
    if (id === sectionId.code && section !== undefined) writeSection(out, id, code.written());
    else if (id === sectionId.global) {
      writeLengthened(out, id, bytes, section, globals.size, (more) => {
        for (let n = 0; n < globals.size; n++) more.raw(0x7f, 0x01, 0x41, 0x00, 0x0b);
      });
    } else if (id === sectionId.export) {
      writeLengthened(out, id, bytes, section, globals.size, (more) => {
        for (const [operator, index] of globals) {
          more.name(tracePrefix + operator.name);
          more.u8(0x03);
          more.u32(index);
        }
      });
    } else if (section !== undefined) out.copy(bytes, section.start, section.end);
  }
  return out.written();
}

function traceCode(reader: ByteReader, out: ByteWriter, global: (operator: Operator) => number): void {
  const count = reader.u32();
  out.u32(count);
  for (let n = 0; n < count; n++) {
    const body = reader.sub(reader.u32());
    const size = out.placeholder();
    const localsStart = body.position;
    for (let groups = body.u32(); groups > 0; groups--) {
      body.u32();
      body.u8();
    }
    out.copy(body.bytes, localsStart, body.position);
    while (!body.atEnd) {
      const start = body.position;
      const operator = readOperator(body);
      out.raw(0x41, 0x01, 0x24); // i32.const 1, global.set
      out.u32(global(operator));
      out.copy(body.bytes, start, body.position);
    }
    out.patchLength(size);
  }
}

export function readOperator(body: ByteReader): Operator {
  const first = body.u8();
  const prefixed = first === 0xfc || first === 0xfd;
  const key = prefixed ? `${first} ${body.u32()}` : `0 ${first}`;
  const operator = byOpcode.get(key);
  if (operator === undefined) throw new Error(`no operator ${key} at ${body.position}`);
  skipImmediates(body, operator);
  return operator;
}

function skipImmediates(body: ByteReader, { immediates: kind }: Operator): void {
  const fixed: Partial<Record<number, number>> = {
    [immediates.f32]: 4,
    [immediates.f64]: 8,
    [immediates.v128]: 16,
    [immediates.lane]: 1,
  };
  const lebs: Partial<Record<number, number>> = {
    [immediates.none]: 0,
    [immediates.typeTable]: 2,
    [immediates.sizedPair]: 2,
  };
  const bytes = fixed[kind];
  if (bytes !== undefined) body.skip(bytes);
  else if (kind === immediates.labels || kind === immediates.valueTypes) {
    const more = kind === immediates.labels ? 1 : 0;
    for (let left = body.u32() + more; left > 0; left--) body.s33();
  } else if (kind === immediates.memoryAccess || kind === immediates.memoryLane) {
    if ((body.u32() & 0x40) !== 0) body.u32();
    body.u32();
    if (kind === immediates.memoryLane) body.skip(1);
  } else for (let left = lebs[kind] ?? 1; left > 0; left--) body.s64();
}

function writeSection(out: ByteWriter, id: number, content: Uint8Array): void {
  out.u8(id);
  out.u32(content.length);
  out.copy(content, 0, content.length);
}

/** A section that is a vector, with more elements at its end. */
function writeLengthened(
  out: ByteWriter,
  id: number,
  bytes: Uint8Array,
  section: Section | undefined,
  added: number,
  write: (more: ByteWriter) => void,
): void {
  const reader = section && new ByteReader(bytes, section.contentStart, section.end);
  const count = (reader?.u32() ?? 0) + added;
  if (count === 0) return;
  const content = new ByteWriter(1024);
  content.u32(count);
  if (reader !== undefined) content.copy(bytes, reader.position, reader.end);
  write(content);
  writeSection(out, id, content.written());
}
