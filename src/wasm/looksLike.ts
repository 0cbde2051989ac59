import { decodeUtf8, encodeUtf8 } from '../shared/text.ts';

/** Files that begin with fixed bytes, as `file` tells them apart. */
const signatures: readonly { readonly bytes: ArrayLike<number>; readonly what: string }[] = [
  { bytes: [0x7f, 0x45, 0x4c, 0x46], what: 'an ELF file, a native program or library' },
  { bytes: [0xcf, 0xfa, 0xed, 0xfe], what: 'a Mach-O file, a native program or library of macOS' },
  { bytes: [0xce, 0xfa, 0xed, 0xfe], what: 'a Mach-O file, a native program or library of macOS' },
  { bytes: [0xca, 0xfe, 0xba, 0xbe, 0, 0, 0], what: 'a universal Mach-O file, a native program of macOS' },
  { bytes: [0x4d, 0x5a], what: 'a PE file, a native program or library of Windows' },
  { bytes: encodeUtf8('!<arch>\n'), what: 'an archive of object files (.rlib, .a)' },
  { bytes: [0x42, 0x43, 0xc0, 0xde], what: 'LLVM bitcode' },
  { bytes: [0x1f, 0x8b], what: 'a gzip file' },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], what: 'a Zstandard file' },
  { bytes: [0x50, 0x4b, 3, 4], what: 'a ZIP file' },
];

/** Texts by how they begin, after white space and a byte order mark. */
const textStarts: readonly { readonly start: RegExp; readonly what: string }[] = [
  { start: /^(;;[^\n]*\n\s*|\(;[^;]*;\)\s*)*\((module|component)\b/, what: 'WebAssembly text (WAT)' },
  { start: /^<(!doctype html|html)\b/i, what: 'an HTML page' },
  { start: /^version https:\/\/git-lfs\./, what: 'a Git LFS pointer instead of the file itself' },
];

/**
 * What bytes that are not WebAssembly look like, as the end of "the bytes look like …"; for messages only.
 * Reads the first 64 KiB at most, save for JSON, which counts only when it is whole.
 */
export function looksLike(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'an empty file';
  const known = signatures.find((signature) => startsWith(bytes, signature.bytes));
  if (known !== undefined) return known.what;
  const text = decodeText(bytes);
  if (text === null) return `binary data that begins with ${hex(bytes.subarray(0, 8))}`;
  const trimmed = text.trimStart();
  if (trimmed === '') return 'a file of white space';
  const start = textStarts.find((candidate) => candidate.start.test(trimmed));
  if (start !== undefined) return start.what;
  if (isJson(bytes)) return 'JSON';
  return `text that begins with ${JSON.stringify(trimmed.slice(0, 40).replace(/\n[^]*/, ''))}`;
}

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
