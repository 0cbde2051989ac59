import { opendirSync } from 'node:fs';
import { FilesystemError, guarded } from './error.ts';

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @throws FilesystemError EILSEQ: guests know only names that are UTF-8 */
export function utf8(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch (error) {
    throw new FilesystemError('EILSEQ', error);
  }
}

/** The names in a directory, in the order of the system, as a native program gets them; `readdirSync` would sort. */
export function* namesIn(path: string): Generator<string> {
  // Node takes 'buffer' here as in `readdirSync`; its types don't say so.
  const directory = guarded(() => opendirSync(path, { encoding: 'buffer' as BufferEncoding }));
  try {
    for (;;) {
      const entry = guarded(() => directory.readSync());
      if (entry === null) return;
      yield utf8(entry.name as unknown as Uint8Array);
    }
  } finally {
    directory.closeSync();
  }
}
