import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A file of the cache with its bytes. */
export interface CachedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * Files named by the hash of what they were made from, in one folder of bounded size: the least recently used
 * go first. Nothing here ever fails a build: what can't be read is a miss, what can't be written isn't kept.
 */
export class ContentCache {
  readonly #folder: string;
  readonly #maxBytes: number;
  readonly #log: (line: string) => void;

  constructor(folder: string, maxBytes: number, log: (line: string) => void) {
    this.#folder = folder;
    this.#maxBytes = maxBytes;
    this.#log = log;
  }

  /** The key of what a tool makes of some bytes; `tool` names it with its version and flags. */
  static key(tool: string, bytes: Uint8Array): string {
    return createHash('sha256').update(tool).update('\0').update(bytes).digest('hex');
  }

  async get(key: string): Promise<CachedFile | null> {
    const path = this.#path(key);
    try {
      const bytes = await readFile(path);
      const now = new Date();
      // The time of its last use; a folder that can't be written to still serves.
      await utimes(path, now, now).catch(() => undefined);
      return { path, bytes };
    } catch {
      return null;
    }
  }

  /** The path of the kept file; null where it could not be kept. */
  async put(key: string, bytes: Uint8Array): Promise<string | null> {
    const path = this.#path(key);
    const unfinished = `${path}.${randomUUID()}.tmp`;
    try {
      await mkdir(this.#folder, { recursive: true });
      await writeFile(unfinished, bytes);
      await rename(unfinished, path);
      await this.#evict(path);
      return path;
    } catch (error) {
      await rm(unfinished, { force: true }).catch(() => undefined);
      this.#log(`The artefact cache could not keep a file: ${String(error)}`);
      return null;
    }
  }

  async clear(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  #path(key: string): string {
    return join(this.#folder, `${key}.wasm`);
  }

  /** Deletes what is beyond the size, oldest use first, but never the file just kept. */
  async #evict(kept: string): Promise<void> {
    const names = await readdir(this.#folder);
    const files = await Promise.all(
      names.map(async (name) => {
        const path = join(this.#folder, name);
        const { size, mtimeMs } = await stat(path).catch(() => ({ size: 0, mtimeMs: 0 }));
        return { path, size, mtimeMs };
      }),
    );
    files.sort((a, b) => Number(b.path === kept) - Number(a.path === kept) || b.mtimeMs - a.mtimeMs);
    let total = 0;
    for (const { path, size } of files) {
      total += size;
      if (total > this.#maxBytes && path !== kept) await rm(path, { force: true });
    }
  }
}
