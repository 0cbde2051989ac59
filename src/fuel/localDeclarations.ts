import { type ByteReader, invalidWasm } from '../wasm/byteReader.ts';
import type { ByteWriter } from '../wasm/byteWriter.ts';
import { valueType } from '../wasm/types.ts';
import { checkType } from './valueTypes.ts';

/** V8's and wasmtime's limit. */
const mostLocals = 50_000;

/**
 * Rewrites the declarations of a function's locals with the counter's: one for the count, or for the local whose
 * place a count that comes as a parameter takes; one for the count as it was last written; and two of i32 for
 * scratch, where wanted.
 *
 * @returns how many locals, parameters included, the function had
 */
export function rewriteLocals(
  reader: ByteReader,
  out: ByteWriter,
  parameters: number,
  takesCount: boolean,
  needsScratch: boolean,
): number {
  const at = reader.position;
  const groups = reader.u32();
  out.u32(groups + 2 + (needsScratch ? 1 : 0));
  let displaced = takesCount ? 0 : valueType.i64;
  let locals = parameters;
  for (let left = groups; left > 0; left--) {
    let count = reader.u32();
    locals += count;
    if (locals > mostLocals) throw invalidWasm(`more than ${mostLocals} locals`, at);
    const type = checkType(reader);
    if (displaced === 0 && count > 0) {
      displaced = type;
      count--;
    }
    out.u32(count);
    out.u8(type);
  }
  out.raw4(displaced === 0 ? 0 : 1, displaced === 0 ? valueType.i64 : displaced, 1, valueType.i64);
  if (needsScratch) out.raw(2, valueType.i32);
  return locals;
}
