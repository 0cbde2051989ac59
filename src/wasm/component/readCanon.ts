import { WorkbenchError } from '../../shared/workbenchError.ts';
import { type ByteReader, invalidWasm } from '../byteReader.ts';
import type { Canon, CanonOptions, StringEncoding } from './model.ts';
import { vector } from './readParts.ts';

const encodings: readonly StringEncoding[] = ['utf8', 'utf16', 'latin1+utf16'];

/** One canonical definition (Component Model, Binary.md): lift, lower, or one of a resource's built-ins. */
export function readCanon(reader: ByteReader): Canon {
  const at = reader.position;
  const code = reader.u8();
  switch (code) {
    case 0: {
      zero(reader);
      const func = reader.u32();
      const options = readOptions(reader);
      return { kind: 'lift', func, options, type: reader.u32() };
    }
    case 1:
      zero(reader);
      return { kind: 'lower', func: reader.u32(), options: readOptions(reader) };
    case 2:
      return { kind: 'resource.new', type: reader.u32() };
    case 3:
      return { kind: 'resource.drop', type: reader.u32() };
    case 4:
      return { kind: 'resource.rep', type: reader.u32() };
    default:
      if (code > 0x40) throw invalidWasm(`an unknown canonical function (code ${code})`, at);
      throw asynchronous();
  }
}

function zero(reader: ByteReader): void {
  const at = reader.position;
  if (reader.u8() !== 0) throw invalidWasm('an unknown form of a canonical function', at);
}

function readOptions(reader: ByteReader): CanonOptions {
  let encoding: StringEncoding = 'utf8';
  let memory: number | null = null;
  let realloc: number | null = null;
  let postReturn: number | null = null;
  vector(reader, () => {
    const at = reader.position;
    const code = reader.u8();
    if (code <= 2) encoding = encodings[code]!;
    else if (code === 3) memory = reader.u32();
    else if (code === 4) realloc = reader.u32();
    else if (code === 5) postReturn = reader.u32();
    else if (code <= 8) throw asynchronous();
    else throw invalidWasm(`an unknown canonical option (code ${code})`, at);
  });
  return { encoding, memory, realloc, postReturn };
}

function asynchronous(): WorkbenchError {
  return new WorkbenchError(
    'unsupported-proposal',
    'The component uses asynchronous functions, which are not part of WASI 0.2.',
    { hint: 'Build it with a toolchain for WASI 0.2, such as the target wasm32-wasip2.' },
  );
}
