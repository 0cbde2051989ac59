import { readlinkSync } from 'node:fs';
import { FilesystemError, guarded } from './error.ts';
import type { Folder } from './folder.ts';
import { parseGuestPath } from './guestPath.ts';

/** As many symlinks as Linux follows in one path. */
const mostSymlinks = 40;

/** Where a path leads: one name in an open folder. */
export interface Place extends Disposable {
  readonly folder: Folder;
  /** May be absent, and may be a symlink that must not be followed; `.` for the folder itself. Never `..`. */
  readonly name: string;
  /** Whether the path, or a symlink at its end, says by a slash or dots that it has to be a directory. */
  readonly directory: boolean;
}

/** Whether a symlink at the path's end is followed: no; yes; or only where a slash comes after it. */
export type Follow = 'never' | 'always' | 'before-slash';

/**
 * Walks `path` from `start`, one component at a time, with every directory on the way held open: `..` goes back to
 * the one it came from, so that no rename of others can lead it out.
 *
 * @throws FilesystemError EPERM where the path or a symlink in it leaves `start`, ELOOP after 40 symlinks
 */
export function resolve(start: Folder, path: string, follow: Follow): Place {
  const parsed = parseGuestPath(path);
  const opened: Folder[] = [];
  const todo = [...parsed.components].reverse();
  let { directory } = parsed;
  let symlinks = 0;
  let name = '.';

  const here = () => opened.at(-1) ?? start;
  const followSymlink = (target: string) => {
    if (++symlinks > mostSymlinks) throw new FilesystemError('ELOOP');
    const parsedTarget = parseGuestPath(target);
    if (todo.length === 0) directory ||= parsedTarget.directory;
    todo.push(...parsedTarget.components.toReversed());
  };

  try {
    for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
      if (next === '..') {
        const left = opened.pop();
        if (left === undefined) throw new FilesystemError('EPERM');
        left.close();
      } else if (next !== '.' && todo.length > 0) {
        const target = enter(here(), next, opened);
        if (target !== null) followSymlink(target);
      } else if (next !== '.') {
        const followed = follow === 'always' || (follow === 'before-slash' && directory);
        const target = followed ? symlinkTarget(here(), next) : null;
        if (target === null) name = next;
        else followSymlink(target);
      }
    }
  } catch (error) {
    closeAll(opened);
    throw error;
  }
  return { folder: here(), name, directory, [Symbol.dispose]: () => closeAll(opened) };
}

/** Opens the directory `name` onto the stack, or returns the target where it is a symlink. */
function enter(folder: Folder, name: string, opened: Folder[]): string | null {
  try {
    opened.push(folder.openFolder(name));
    return null;
  } catch (error) {
    const notDirectory =
      error instanceof FilesystemError && (error.code === 'ENOTDIR' || error.code === 'ELOOP');
    const target = notDirectory ? symlinkTarget(folder, name) : null;
    if (target === null) throw error;
    return target;
  }
}

/** The target of a symlink; null for what isn't one, or isn't there. */
function symlinkTarget(folder: Folder, name: string): string | null {
  try {
    return readlinkSync(folder.at(name));
  } catch (error) {
    // Windows says UNKNOWN where something else can't be read as a link.
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EINVAL' || code === 'ENOENT' || code === 'UNKNOWN') return null;
    return guarded(() => {
      throw error;
    });
  }
}

function closeAll(folders: Folder[]): void {
  for (const folder of folders) folder.close();
}
