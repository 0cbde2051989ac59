import { access, readdir, readFile } from 'node:fs/promises';

/** How files are read; an editor puts its unsaved documents in the place of some. */
export interface Files {
  /** Undefined where there is no such file, or it can't be read. */
  read(path: string): Promise<string | undefined>;
  exists(path: string): Promise<boolean>;
  /** Names of what is in a folder; empty where there is none. */
  list(folder: string): Promise<readonly string[]>;
}

/** The files of the disk. */
export const diskFiles: Files = {
  read: (path) => readFile(path, 'utf8').catch(() => undefined),
  exists: (path) =>
    access(path).then(
      () => true,
      () => false,
    ),
  list: async (folder) => (await readdir(folder).catch(() => [])).sort(),
};
