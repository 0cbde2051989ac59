import { type ByteReader, invalidWasm } from '../wasm/byteReader.ts';
import { valueType } from '../wasm/types.ts';
import { proposalOfType, unsupportedProposal } from './proposals.ts';

/** Reads one value type; refuses what wasmtime 28 does not know by default. */
export function checkType(reader: ByteReader): number {
  const at = reader.position;
  const code = reader.u8();
  if (code >= valueType.v128 && code <= valueType.i32) return code;
  if (code === valueType.funcref || code === valueType.externref) return code;
  const proposal = proposalOfType(code);
  if (proposal !== null) throw unsupportedProposal(proposal, `type 0x${code.toString(16)}`, at);
  throw invalidWasm(`an unknown type 0x${code.toString(16)}`, at);
}
