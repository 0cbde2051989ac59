import { type ByteReader, invalidWasm } from '../wasm/byteReader.ts';
import type { ByteWriter } from '../wasm/byteWriter.ts';
import { checkType } from './layout.ts';
import { movedGlobal, type Plan } from './plan.ts';
import { proposalOfOpcode, unsupportedProposal } from './proposals.ts';

/**
 * Copies a constant expression up to its `end`, with the indices that move.
 *
 * @returns its opcodes
 */
export function rewriteConstant(plan: Plan, reader: ByteReader, out: ByteWriter): number[] {
  const opcodes: number[] = [];
  for (;;) {
    const at = reader.position;
    const opcode = reader.u8();
    out.u8(opcode);
    const from = reader.position;
    switch (opcode) {
      case 0x0b: // end
        return opcodes;
      case 0x23: // global.get
        out.u32(movedGlobal(plan, reader.u32(), at));
        opcodes.push(opcode);
        continue;
      case 0x41: // i32.const
        reader.s32();
        break;
      case 0x42: // i64.const
        reader.s64();
        break;
      case 0x43: // f32.const
        reader.skip(4);
        break;
      case 0x44: // f64.const
        reader.skip(8);
        break;
      case 0x6a: // i32.add, sub, mul; i64.add, sub, mul
      case 0x6b:
      case 0x6c:
      case 0x7c:
      case 0x7d:
      case 0x7e:
        break;
      case 0xd0: // ref.null
        checkType(reader);
        break;
      case 0xd2: {
        // ref.func
        if (reader.u32() >= plan.layout.functions.length) {
          throw invalidWasm('a reference to a function that does not exist', at);
        }
        break;
      }
      case 0xfd: // v128.const
        if (reader.u32() !== 12) throw invalidWasm('an operator that is not constant', at);
        reader.skip(16);
        break;
      default: {
        const proposal = proposalOfOpcode(0, opcode);
        if (proposal !== null) throw unsupportedProposal(proposal, `opcode 0x${opcode.toString(16)}`, at);
        throw invalidWasm('an operator that is not constant', at);
      }
    }
    opcodes.push(opcode);
    out.copy(reader.bytes, from, reader.position);
  }
}
