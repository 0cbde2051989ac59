import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where what the worker's interfaces keep outlives runs: one place for the editor and the command line, so that both
 * see the same. `WASI_WORKBENCH_DATA` names another folder.
 */
export function workerDataFolder(): string {
  const named = process.env['WASI_WORKBENCH_DATA'];
  if (named !== undefined && named !== '') return named;
  switch (process.platform) {
    case 'win32':
      return join(process.env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'wasi-workbench');
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'wasi-workbench');
    default:
      return join(process.env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'wasi-workbench');
  }
}
