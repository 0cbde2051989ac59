import { type ChildProcess, spawn } from 'node:child_process';

/** Options for `spawn` that make a child the root of a tree that {@link killTree} can end. */
export const ownTree = { detached: process.platform !== 'win32', windowsHide: true } as const;

/** Ends a child and all it started, at once. On POSIX the child leads its process group; Windows walks parents. */
export function killTree(child: ChildProcess): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore', windowsHide: true }).on(
      'error',
      () => child.kill('SIGKILL'),
    );
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The whole group has already ended.
  }
}
