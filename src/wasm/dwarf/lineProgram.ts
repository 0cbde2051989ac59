import type { Cursor } from './cursor.ts';
import type { LineHeader } from './lineHeader.ts';

/** Told of each row of the line table: from `address` on, code is of that file, line and column; 0 for none. */
export type RowListener = (address: number, file: number, line: number, column: number) => void;

/** Standard and extended opcodes (DWARF 5, 6.2.5). */
const op = {
  extended: 0,
  copy: 1,
  advancePc: 2,
  advanceLine: 3,
  setFile: 4,
  setColumn: 5,
  constAddPc: 8,
  fixedAdvancePc: 9,
  endSequence: 1,
  setAddress: 2,
} as const;

/**
 * Runs the line number program that `cursor` is at.
 *
 * @param onRow told of each row of a sequence
 * @param onEnd told where a sequence ends: code from there on is none of it
 */
export function runLineProgram(
  cursor: Cursor,
  header: LineHeader,
  onRow: RowListener,
  onEnd: (address: number) => void,
): void {
  const { end, opcodeBase, lineBase, lineRange, minimumInstructionLength: unit, addressSize } = header;
  let address = 0;
  let file = 1;
  let line = 1;
  let column = 0;
  while (cursor.position < end) {
    const opcode = cursor.u8();
    if (opcode >= opcodeBase) {
      const adjusted = opcode - opcodeBase;
      address += Math.floor(adjusted / lineRange) * unit;
      line += lineBase + (adjusted % lineRange);
      onRow(address, file, line, column);
      continue;
    }
    switch (opcode) {
      case op.extended: {
        const length = cursor.uleb();
        const next = cursor.position + length;
        const extended = length === 0 ? 0 : cursor.u8();
        if (extended === op.endSequence) {
          onEnd(address);
          address = 0;
          file = 1;
          line = 1;
          column = 0;
        } else if (extended === op.setAddress) address = cursor.sized(addressSize ?? length - 1);
        cursor.position = next;
        break;
      }
      case op.copy:
        onRow(address, file, line, column);
        break;
      case op.advancePc:
        address += cursor.uleb() * unit;
        break;
      case op.advanceLine:
        line += cursor.sleb();
        break;
      case op.setFile:
        file = cursor.uleb();
        break;
      case op.setColumn:
        column = cursor.uleb();
        break;
      case op.constAddPc:
        address += Math.floor((255 - opcodeBase) / lineRange) * unit;
        break;
      case op.fixedAdvancePc:
        address += cursor.u16();
        break;
      default:
        // Flags that are not used here, and opcodes of later versions: the header says how many operands they have.
        for (let left = header.operandCounts[opcode - 1] ?? 0; left > 0; left--) cursor.uleb();
    }
  }
}
