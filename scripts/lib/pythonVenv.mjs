// Python environments that hold the reference engines: wasmtime's packages from PyPI.
import { join } from 'node:path';
import { finish, run } from './command.mjs';
import { cacheDir } from './places.mjs';
import { StepError, retry, say } from './steps.mjs';

const windows = process.platform === 'win32';

/** The environments' names, and the version of wasmtime that each holds. */
const environments = { 'wasmtime-28': '28.0.0', 'wasmtime-current': '50.0.1' };

/** Makes the environments that tests run wasmtime in. */
export async function ensureWasmtimes() {
  for (const [name, version] of Object.entries(environments)) await ensureWasmtime(name, version);
}

/**
 * @param {keyof typeof environments} name
 * @returns {string} the environment's interpreter
 */
export function wasmtimePython(name) {
  const folder = join(cacheDir, name);
  return windows ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
}

/**
 * @param {string} name
 * @param {string} version
 */
async function ensureWasmtime(name, version) {
  const folder = join(cacheDir, name);
  const python = wasmtimePython(name);
  const probe = ['-c', `import importlib.metadata as m; assert m.version('wasmtime') == '${version}'`];
  const found = await finish(python, probe, { quiet: true }).catch(() => undefined);
  if (found?.code === 0) return;
  say(`installing wasmtime ${version} from PyPI`);
  await run(await findPython(), ['-m', 'venv', '--clear', folder], {
    quiet: true,
    next: "Install this Python's venv module (Debian: apt-get install python3-venv), then run this again.",
  });
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `wasmtime==${version}`];
  const next = 'Check the network and the Python package index, then run this again.';
  await retry(3, () => run(python, install, { quiet: true, next }));
}

async function findPython() {
  for (const command of windows ? ['py', 'python', 'python3'] : ['python3', 'python']) {
    const found = await finish(command, ['--version'], { quiet: true }).catch(() => undefined);
    if (found?.code === 0 && found.stdout.startsWith('Python 3')) return command;
  }
  throw new StepError('Python 3 was not found.', 'Install Python 3, then run this again.');
}
