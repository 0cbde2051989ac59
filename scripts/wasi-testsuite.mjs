// Runs the preview 1 part of the public suite WebAssembly/wasi-testsuite against this host.
//
//   node scripts/wasi-testsuite.mjs DIR [NAME…]
//
// DIR is a checkout of its branch prod/testsuite-all; NAME picks single tests. Prints each failure and `N of M passed`.
import { cpSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { createCoreEngine } from '../src/executor/engine/createEngine.ts';
import { GuestExit } from '../src/executor/guest.ts';
import { systemClocks } from '../src/executor/host/clocks.ts';
import { systemRandom } from '../src/executor/host/random.ts';
import { InputPipe, OutputPipe } from '../src/executor/host/stdio.ts';
import { loadWasiP1 } from '../src/executor/wasiP1.ts';
import { defaultFuelModel } from '../src/shared/fuelModel.ts';
import { defaultLimits } from '../src/shared/limits.ts';

const [suite, ...names] = process.argv.slice(2);
if (suite === undefined) {
  console.error('usage: node scripts/wasi-testsuite.mjs DIR [NAME…]');
  process.exit(2);
}

const files = globSync('tests/*/testsuite/wasm32-wasip1/*.wasm', { cwd: suite })
  .filter((file) => names.length === 0 || names.includes(basename(file, '.wasm')))
  .sort();
let passed = 0;
for (const file of files) {
  const failure = await runTest(join(suite, file));
  if (failure === null) passed++;
  else console.log(`FAILED ${file}\n${failure.replace(/^/gm, '  ')}`);
}
console.log(`${passed} of ${files.length} passed`);
process.exitCode = passed === files.length && passed > 0 ? 0 : 1;

/** Runs one test on fresh copies of its folders; null where it passes, else what went wrong. */
async function runTest(path) {
  const specPath = path.replace(/\.wasm$/, '.json');
  const spec = existsSync(specPath) ? JSON.parse(readFileSync(specPath, 'utf8')) : {};
  const scratch = mkdtempSync(join(tmpdir(), 'wasi-testsuite-'));
  try {
    const preopens = (spec.dirs ?? []).map((name) => {
      cpSync(join(dirname(path), name), join(scratch, name), { recursive: true });
      return { hostPath: join(scratch, name), guestPath: name, writable: true };
    });
    const { exitCode, stdout, stderr } = await runGuest(path, spec, preopens);
    const problems = [];
    if (exitCode !== (spec.exit_code ?? 0))
      problems.push(`exit code ${exitCode}, not ${spec.exit_code ?? 0}`);
    if (spec.stdout !== undefined && stdout !== spec.stdout)
      problems.push(`stdout ${JSON.stringify(stdout)}`);
    return problems.length === 0 ? null : [...problems, stderr].join('\n');
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function runGuest(path, spec, preopens) {
  const output = { stdout: [], stderr: [] };
  const pipe = (chunks) => new OutputPipe(2 ** 20, (bytes) => chunks.push(Buffer.from(bytes)));
  const world = {
    argv: [basename(path), ...(spec.args ?? [])],
    env: Object.entries(spec.env ?? {}),
    stdin: new InputPipe(new Uint8Array(0)),
    stdout: pipe(output.stdout),
    stderr: pipe(output.stderr),
    clocks: systemClocks(),
    random: systemRandom(),
    preopens,
  };
  let exitCode;
  let guest;
  try {
    const engine = createCoreEngine({ fuelModel: defaultFuelModel, limits: defaultLimits });
    guest = await loadWasiP1({ wasm: readFileSync(path), name: basename(path), engine, world });
    exitCode = guest.run();
  } catch (error) {
    if (error instanceof GuestExit) exitCode = error.code;
    else {
      exitCode = null;
      output.stderr.push(Buffer.from(String(error?.stack ?? error)));
    }
  } finally {
    guest?.close();
  }
  const text = (chunks) => Buffer.concat(chunks).toString();
  return { exitCode, stdout: text(output.stdout), stderr: text(output.stderr) };
}
