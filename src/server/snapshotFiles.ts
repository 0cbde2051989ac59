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
    const known = this.#texts.get(path) ?? this.readNow(path);
    this.#texts.set(path, known);
    return known;
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
}
