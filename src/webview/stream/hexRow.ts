/** One line of a hex view. */
export interface HexRow {
  /** Eight hex digits. */
  readonly offset: string;
  /** Two hex digits for each byte; fewer at the end. */
  readonly cells: readonly string[];
  /** ASCII that prints, a dot for the rest. */
  readonly text: string;
}

/** @param offset of the first byte, which the row is named by */
export function hexRow(bytes: Uint8Array, offset: number, perRow: number): HexRow {
  const part = [...bytes.subarray(offset, offset + perRow)];
  return {
    offset: offset.toString(16).padStart(8, '0'),
    cells: part.map((byte) => byte.toString(16).padStart(2, '0')),
    text: part.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join(''),
  };
}
