import { decodeUtf8, encodeUtf8 } from '../shared/text.ts';

/** What bytes seem to be. */
export interface Guess {
  /** Ends the sentence "the bytes look like …". */
  readonly what: string;
  /** How a program comes of it, as a sentence; left out where there is nothing for it but to build one. */
  readonly mend?: string;
}

export const copyAgain =
  'Build it again, or copy it again: a part of it is missing or was changed on the way.';
const unpack = 'Unpack it, and run the .wasm file that is in it.';

/** Files that begin with fixed bytes, as `file` tells them apart. */
const signatures: readonly (Guess & { readonly bytes: ArrayLike<number> })[] = [
  { bytes: [0x7f, 0x45, 0x4c, 0x46], what: 'an ELF file, a native program or library' },
  { bytes: [0xcf, 0xfa, 0xed, 0xfe], what: 'a Mach-O file, a native program or library of macOS' },
  { bytes: [0xce, 0xfa, 0xed, 0xfe], what: 'a Mach-O file, a native program or library of macOS' },
  { bytes: [0xca, 0xfe, 0xba, 0xbe, 0, 0, 0], what: 'a universal Mach-O file, a native program of macOS' },
  { bytes: [0x4d, 0x5a], what: 'a PE file, a native program or library of Windows' },
  { bytes: encodeUtf8('!<arch>\n'), what: 'an archive of object files (.rlib, .a)' },
  { bytes: [0x42, 0x43, 0xc0, 0xde], what: 'LLVM bitcode' },
  { bytes: [0x1f, 0x8b], what: 'a gzip file', mend: unpack },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], what: 'a Zstandard file', mend: unpack },
  { bytes: [0x50, 0x4b, 3, 4], what: 'a ZIP file', mend: unpack },
];

/** Texts by how they begin, after white space and a byte order mark. */
const textStarts: readonly (Guess & { readonly start: RegExp })[] = [
  {
    start: /^(;;[^\n]*\n\s*|\(;[^;]*;\)\s*)*\((module|component)\b/,
    what: 'WebAssembly text (WAT)',
    mend: 'Convert it to a binary: wasm-tools parse FILE.wat -o FILE.wasm, or wat2wasm FILE.wat.',
  },
  {
    start: /^<(!doctype html|html)\b/i,
    what: 'an HTML page',
    mend: 'Download the file itself: what answered was a page, as of a login or an error.',
  },
  {
    start: /^version https:\/\/git-lfs\./,
    what: 'a Git LFS pointer instead of the file itself',
    mend: 'Fetch the file itself: git lfs pull.',
  },
];

/**
 * What bytes that are not WebAssembly look like; for messages only.
 * Reads the first 64 KiB at most, save for JSON, which counts only when it is whole.
 */
export function looksLike(bytes: Uint8Array): Guess {
  if (bytes.length === 0) return { what: 'an empty file', mend: nothingWritten };
  const known = signatures.find((signature) => startsWith(bytes, signature.bytes));
  if (known !== undefined) return known;
  const text = decodeText(bytes);
  if (text === null) return { what: `binary data that begins with ${hex(bytes.subarray(0, 8))}` };
  const trimmed = text.trimStart();
  if (trimmed === '') return { what: 'a file of white space', mend: nothingWritten };
  const start = textStarts.find((candidate) => candidate.start.test(trimmed));
  if (start !== undefined) return start;
  if (isJson(bytes)) return { what: 'JSON' };
  return { what: `text that begins with ${JSON.stringify(trimmed.slice(0, 40).replace(/\n[^]*/, ''))}` };
}

const nothingWritten = 'Build it again, or copy it again: nothing was written to it.';

const sampleBytes = 65536;

/** Null where it isn't UTF-8, or holds control characters that no text has. */
function decodeText(bytes: Uint8Array): string | null {
  try {
    // A character may be cut by the sample's end: a stream's decoder waits for the rest of it.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, sampleBytes), {
      stream: bytes.length > sampleBytes,
    });
    // eslint-disable-next-line no-control-regex -- these are what tells binary data from text
    return /[\x00-\x08\x0e-\x1a\x1c-\x1f]/.test(text) ? null : text;
  } catch {
    return null;
  }
}

function isJson(bytes: Uint8Array): boolean {
  try {
    return typeof JSON.parse(decodeUtf8(bytes)) === 'object';
  } catch {
    return false;
  }
}

function startsWith(bytes: Uint8Array, start: ArrayLike<number>): boolean {
  return Array.from(start).every((byte, at) => bytes[at] === byte);
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
