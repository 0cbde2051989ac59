import { stat } from 'node:fs/promises';
import { diskFiles, type Files } from '../diagnostics/files.ts';

/** Texts by path, as one check read them. */
export type Texts = ReadonlyMap<string, string | undefined>;

/**
 * Files as the user sees them: open documents go before the disk. Between two calls of `renew`, each file is read
 * once, so that all of a check sees one state, which its fixes can be held against afterwards.
 */
export class SnapshotFiles implements Files {
  readonly #openText: (path: string) => string | undefined;
  #texts = new Map<string, Promise<string | undefined>>();
  /** What was last read from the disk, and the file's stamp then. */
  readonly #known = new Map<string, { readonly stamp: string; readonly text: string | undefined }>();

  constructor(openText: (path: string) => string | undefined) {
    this.#openText = openText;
  }

  renew(): void {
    this.#texts = new Map();
  }

  /** What was read since the last `renew`. */
  async texts(): Promise<Texts> {
    const paths = [...this.#texts.keys()];
    const texts = await Promise.all(this.#texts.values());
    return new Map(paths.map((path, at) => [path, texts[at]]));
  }

  read(path: string): Promise<string | undefined> {
    const text = this.#texts.get(path) ?? this.#readChanged(path);
    this.#texts.set(path, text);
    return text;
  }

  /** As it is at this moment, whatever was read before. */
  async readNow(path: string): Promise<string | undefined> {
    return this.#openText(path) ?? (await diskFiles.read(path));
  }

  async exists(path: string): Promise<boolean> {
    return this.#openText(path) !== undefined || (await diskFiles.exists(path));
  }

  list(folder: string): Promise<readonly string[]> {
    return diskFiles.list(folder);
  }

  /** Reads a file again only where its times or its size are others than when it was read. */
  async #readChanged(path: string): Promise<string | undefined> {
    const open = this.#openText(path);
    if (open !== undefined) return open;
    const stamp = await stampOf(path);
    const known = this.#known.get(path);
    if (stamp !== null && known?.stamp === stamp) return known.text;
    const text = stamp === null ? undefined : await diskFiles.read(path);
    if (stamp === null) this.#known.delete(path);
    else this.#known.set(path, { stamp, text });
    return text;
  }
}

/** Another one after every change of a file; null where there is none. */
export async function stampOf(path: string): Promise<string | null> {
  return stat(path).then(
    ({ mtimeMs, ctimeMs, size }) => `${mtimeMs} ${ctimeMs} ${size}`,
    () => null,
  );
}
