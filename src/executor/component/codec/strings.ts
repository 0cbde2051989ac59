import { encodeUtf8 } from '../../../shared/text.ts';
import { allocate, type CanonContext, reallocate } from '../context.ts';
import { trap } from '../trap.ts';
import type { Codec, FlatValue } from './codec.ts';

/** Bytes a string may have (CanonicalABI.md, MAX_STRING_BYTE_LENGTH). */
const mostBytes = 2 ** 31 - 1;
/** Set in the length of a `latin1+utf16` string that is UTF-16. */
const utf16Tag = 2 ** 31;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const utf16 = new TextDecoder('utf-16le', { fatal: true, ignoreBOM: true });

function decode(
  decoder: TextDecoder,
  cx: CanonContext,
  pointer: number,
  size: number,
  align: number,
): string {
  const at = pointer >>> 0;
  if (at % align !== 0) trap('string pointer not aligned');
  if (size > mostBytes || at + size > cx.memory.bytes.byteLength) {
    trap('string pointer/length out of bounds of memory');
  }
  try {
    return decoder.decode(cx.memory.bytes.subarray(at, at + size));
  } catch {
    return trap(`invalid ${decoder.encoding} in a string`);
  }
}

function liftString(cx: CanonContext, pointer: number, length: number): string {
  const units = length >>> 0;
  if (cx.encoding === 'utf8') return decode(utf8, cx, pointer, units, 1);
  if (cx.encoding === 'utf16') return decode(utf16, cx, pointer, units * 2, 2);
  if (units >= utf16Tag) return decode(utf16, cx, pointer, (units - utf16Tag) * 2, 2);
  const at = cx.memory.check(pointer, units, 2);
  const { buffer } = cx.memory.bytes;
  return Buffer.from(buffer, at, units).toString('latin1');
}

/**
 * Allocations are those of wasmtime, which starts from the string's UTF-8: its length is the first guess, and what
 * is left over is given back.
 *
 * @returns pointer and length, the latter tagged where the encoding has a tag
 */
function lowerString(cx: CanonContext, value: unknown): [pointer: number, length: number] {
  const text = String(value).toWellFormed();
  const bytes = encodeUtf8(text);
  if (cx.encoding === 'utf8') {
    checkSize(bytes.length);
    const at = allocate(cx, 1, bytes.length);
    cx.memory.bytes.set(bytes, at);
    return [at, bytes.length];
  }
  if (cx.encoding === 'utf16') {
    checkSize(bytes.length * 2);
    return [storeUtf16(cx, text, allocate(cx, 2, bytes.length * 2), bytes.length * 2), text.length];
  }
  const first = allocate(cx, 2, bytes.length);
  // Latin-1 for as long as every character fits; the guest sees the attempt by the sizes asked for.
  // eslint-disable-next-line no-control-regex
  if (/^[\u0000-\u00ff]*$/.test(text)) {
    cx.memory.bytes.set(Buffer.from(text, 'latin1'), first);
    const shrinks = text.length < bytes.length;
    return [shrinks ? reallocate(cx, first, bytes.length, 2, text.length) : first, text.length];
  }
  checkSize(bytes.length * 2);
  const at = reallocate(cx, first, bytes.length, 2, bytes.length * 2);
  return [storeUtf16(cx, text, at, bytes.length * 2), text.length + utf16Tag];
}

/** Writes UTF-16 to `allocated` bytes at `at`, then gives back the rest; returns where the string is now. */
function storeUtf16(cx: CanonContext, text: string, at: number, allocated: number): number {
  const { buffer } = cx.memory.bytes;
  Buffer.from(buffer, at, text.length * 2).write(text, 'utf16le');
  return text.length * 2 < allocated ? reallocate(cx, at, allocated, 2, text.length * 2) : at;
}

function checkSize(bytes: number): void {
  if (bytes > mostBytes) trap(`string length of ${bytes} too large to copy into wasm`);
}

export const string: Codec = {
  size: 8,
  align: 4,
  flat: ['i32', 'i32'],
  load(cx, at) {
    const { view } = cx.memory;
    return liftString(cx, view.getUint32(at, true), view.getUint32(at + 4, true));
  },
  store(cx, value, at) {
    const [pointer, length] = lowerString(cx, value);
    const { view } = cx.memory;
    view.setUint32(at, pointer, true);
    view.setUint32(at + 4, length, true);
  },
  lift: (cx, flat: readonly FlatValue[], at) => liftString(cx, flat[at] as number, flat[at + 1] as number),
  lower(cx, value, flat, at) {
    const [pointer, length] = lowerString(cx, value);
    flat[at] = pointer;
    flat[at + 1] = length;
  },
};
