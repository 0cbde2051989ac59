import { type ByteReader, invalidWasm } from '../wasm/byteReader.ts';
import { proposalOfOpcode, unsupportedProposal } from './proposals.ts';
import { checkType } from './valueTypes.ts';

/** Opcodes that a constant expression may have. */
export const constantOp = {
  end: 0x0b,
  globalGet: 0x23,
  i32Const: 0x41,
  i64Const: 0x42,
  f32Const: 0x43,
  f64Const: 0x44,
  i32Add: 0x6a,
  i32Sub: 0x6b,
  i32Mul: 0x6c,
  i64Add: 0x7c,
  i64Sub: 0x7d,
  i64Mul: 0x7e,
  refNull: 0xd0,
  refFunc: 0xd2,
  simd: 0xfd,
} as const;

/** After the prefix: `v128.const`. */
const v128Const = 12;

/**
 * Reads a constant expression, its `end` included; extended constants are known.
 *
 * @param visit called after each operator was read, with its offset, and the index where it is `global.get` or
 *   `ref.func`, else -1; for the `end` as well
 */
export function readConstant(
  reader: ByteReader,
  visit: (opcode: number, at: number, index: number) => void,
): void {
  for (;;) {
    const at = reader.position;
    const opcode = reader.u8();
    let index = -1;
    switch (opcode) {
      case constantOp.end:
      case constantOp.i32Add:
      case constantOp.i32Sub:
      case constantOp.i32Mul:
      case constantOp.i64Add:
      case constantOp.i64Sub:
      case constantOp.i64Mul:
        break;
      case constantOp.globalGet:
      case constantOp.refFunc:
        index = reader.u32();
        break;
      case constantOp.i32Const:
        reader.s32();
        break;
      case constantOp.i64Const:
        reader.s64();
        break;
      case constantOp.f32Const:
        reader.skip(4);
        break;
      case constantOp.f64Const:
        reader.skip(8);
        break;
      case constantOp.refNull:
        checkType(reader);
        break;
      case constantOp.simd:
        if (reader.u32() !== v128Const) throw invalidWasm('an operator that is not constant', at);
        reader.skip(16);
        break;
      default: {
        const proposal = proposalOfOpcode(0, opcode);
        if (proposal !== null) throw unsupportedProposal(proposal, `opcode 0x${opcode.toString(16)}`, at);
        throw invalidWasm('an operator that is not constant', at);
      }
    }
    visit(opcode, at, index);
    if (opcode === constantOp.end) return;
  }
}
