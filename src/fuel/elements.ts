import { type ByteReader, invalidWasm } from '../wasm/byteReader.ts';
import { checkType } from './valueTypes.ts';

/** What an element segment is, and what it holds, as {@link readElement} comes by it. */
export interface ElementVisitor {
  /** Reads the constant expression that is next: an active segment's offset first, then elements. */
  constant(reader: ByteReader): void;
  /** An element that is a function's index, at `at`. */
  func(index: number, at: number): void;
  /** The bytes in `[from, to)` are neither. */
  rest(from: number, to: number): void;
}

export interface ElementHeader {
  readonly mode: 'active' | 'passive' | 'declared';
  readonly table: number;
  readonly count: number;
  readonly hasExpressions: boolean;
}

/** Reads one segment. The flags' bits: 0 not active, 1 explicit table or declared, 2 expressions. */
export function readElement(reader: ByteReader, visitor: ElementVisitor): ElementHeader {
  const start = reader.position;
  const flags = reader.u32();
  if (flags > 7) throw invalidWasm(`an element segment of unknown mode ${flags}`, start);
  const isActive = (flags & 1) === 0;
  const hasExpressions = (flags & 4) !== 0;
  const table = isActive && (flags & 2) !== 0 ? reader.u32() : 0;
  visitor.rest(start, reader.position);
  if (isActive) visitor.constant(reader);
  const kind = reader.position;
  if ((flags & 3) !== 0) {
    if (hasExpressions) checkType(reader);
    else reader.u8();
  }
  const count = reader.u32();
  visitor.rest(kind, reader.position);
  for (let left = count; left > 0; left--) {
    const at = reader.position;
    if (hasExpressions) visitor.constant(reader);
    else visitor.func(reader.u32(), at);
  }
  const inactive = (flags & 2) === 0 ? 'passive' : 'declared';
  return { mode: isActive ? 'active' : inactive, table, count, hasExpressions };
}
