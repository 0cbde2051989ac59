import { immediates, type OperatorTables, prefixBase, tableLength } from './opcodes.ts';

/** How far it looks; beyond, the answer is the careful one. Keeps the pass linear, however loops are nested. */
const mostBytes = 192;

const end = 0x0b;

/**
 * Whether the block whose contents begin at `start` has an operator that may trap; true also where that is not
 * plain to see within a few bytes. Calls don't count: they keep their own books.
 */
export function blockMayTrap(bytes: Uint8Array, start: number, tables: OperatorTables): boolean {
  let depth = 1;
  let at = start;
  const skipLeb = (): void => {
    while (bytes[at++]! >= 0x80);
  };
  while (at < start + mostBytes) {
    let opcode = bytes[at++];
    if (opcode === undefined) return true;
    if (opcode >= 0xfc) {
      const prefix = opcode;
      const first = bytes[at]!;
      if (!(first < 0x80) || (prefix !== 0xfc && prefix !== 0xfd)) return true;
      at++;
      opcode = first + (prefix === 0xfc ? prefixBase.fc : prefixBase.fd);
      if (opcode >= tableLength) return true;
    }
    if (tables.mayTrap[opcode] === 1) return true;
    switch (tables.immediates[opcode]) {
      case immediates.none:
        if (opcode === end && --depth === 0) return false;
        break;
      case immediates.blockType:
        depth++;
        skipLeb();
        break;
      case immediates.label:
      case immediates.func:
      case immediates.local:
      case immediates.global:
      case immediates.leb:
        skipLeb();
        break;
      case immediates.typeTable:
        skipLeb();
        skipLeb();
        break;
      case immediates.f32:
        at += 4;
        break;
      case immediates.f64:
        at += 8;
        break;
      case immediates.v128:
        at += 16;
        break;
      case immediates.lane:
        at++;
        break;
      default:
        return true;
    }
  }
  return true;
}
