import { FilesystemError } from './error.ts';

/** A path of a guest, or a symlink's target, taken apart. */
export interface GuestPath {
  /** Names, with `..`, and with `.` where it ends the path, since then what is before it has to be a directory. */
  readonly components: readonly string[];
  /** It ends in a slash, `.` or `..`: what it names has to be a directory. */
  readonly directory: boolean;
}

/**
 * @throws FilesystemError EPERM for an absolute path, as wasmtime, since it leads out of any preopen; ENOENT for an
 * empty one; EINVAL for one with a NUL
 */
export function parseGuestPath(path: string, platform: NodeJS.Platform = process.platform): GuestPath {
  if (path.includes('\0')) throw new FilesystemError('EINVAL');
  const slashed = platform === 'win32' ? path.replaceAll('\\', '/') : path;
  if (slashed === '') throw new FilesystemError('ENOENT');
  if (slashed.startsWith('/')) throw new FilesystemError('EPERM');
  const names = slashed.split('/').filter((name) => name !== '');
  const components = names.filter((name, index) => name !== '.' || index === names.length - 1);
  if (platform === 'win32') for (const name of components) checkWindowsName(name);
  return { components, directory: /(^|\/)\.{0,2}$/.test(slashed) };
}

const devices = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;

/** Windows gives names with a colon (drives, streams), device names, and trailing dots or spaces meanings of its own. */
function checkWindowsName(name: string): void {
  if (name === '.' || name === '..') return;
  if (name.includes(':') || devices.test(name) || /[. ]$/.test(name)) throw new FilesystemError('EPERM');
}
