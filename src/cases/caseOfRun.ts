import type { SavedStdin } from '../shared/savedInput.ts';

/** Bytes as a case holds them, and the file that is to be written for it; null where none is. */
export interface KeptBytes {
  readonly saved: SavedStdin;
  readonly file: { readonly name: string; readonly bytes: Uint8Array } | null;
}

/** More characters than that nobody reads in an inputs file. */
const longestText = 16 * 1024;

/**
 * What a program read: as text where it is short UTF-8, else as a file beside the inputs file.
 *
 * @param fileName relative to the inputs file
 */
export function keptInput(bytes: Uint8Array, fileName: string): KeptBytes {
  const text = textOf(bytes);
  return text === null
    ? { saved: { file: fileName }, file: { name: fileName, bytes } }
    : { saved: { text }, file: null };
}

/** What a program printed: the same, but as JSON where it is an object or a list that JSON loses nothing of. */
export function keptOutput(bytes: Uint8Array, fileName: string): KeptBytes {
  const text = textOf(bytes);
  const json = text === null ? undefined : losslessJson(text.trim());
  return json === undefined ? keptInput(bytes, fileName) : { saved: { json }, file: null };
}

function textOf(bytes: Uint8Array): string | null {
  if (bytes.length > longestText) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Undefined for anything else, such as a number with more digits than JavaScript has. */
function losslessJson(text: string): unknown {
  if (!/^[{[]/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return [JSON.stringify(value), JSON.stringify(value, null, 2)].includes(text) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The first of `wanted`, `wanted 2`, `wanted 3` and so on that no case is called; of `case 4` the next is `case 5`. */
export function freeCaseName(wanted: string, taken: readonly string[]): string {
  if (!taken.includes(wanted)) return wanted;
  const [, stem = wanted, count = '1'] = /^(.*\D) ?(\d+)$/.exec(wanted) ?? [];
  for (let next = Number(count) + 1; ; next++) {
    const name = `${stem.trimEnd()} ${next}`;
    if (!taken.includes(name)) return name;
  }
}

/** A name for a file that belongs to a case: `Ada’s input` and `.output` make `Ada-s-input.output`. */
export function fileOfCase(caseName: string, ending: string): string {
  const name = caseName.replaceAll(/[^\p{L}\p{N}_]+/gu, '-').replaceAll(/^-+|-+$/g, '');
  return `${name === '' ? 'case' : name}${ending}`;
}
