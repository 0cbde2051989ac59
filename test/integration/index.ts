import { appendFileSync, readdirSync } from 'node:fs';
import { delimiter, join, relative } from 'node:path';
import { format } from 'node:util';
import { reportCounts } from '../../scripts/lib/testCounts.mjs';

/** The test run inside an extension host: however the editor was started, it calls this. */
export async function run(): Promise<void> {
  const { default: Mocha } = await import('mocha');
  const log = process.env['WASI_WORKBENCH_LOG'];
  if (log !== undefined) {
    // The editor's console is full of its own concerns.
    Mocha.reporters.Base.consoleLog = (...args: unknown[]) => appendFileSync(log, `${format(...args)}\n`);
  }
  const only = process.env['WASI_WORKBENCH_GREP'];
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: 180_000,
    color: false,
    reporter: 'spec',
    ...(only === undefined ? {} : { grep: only }),
  });
  const files = process.env['WASI_WORKBENCH_FILES']?.split(delimiter) ?? all();
  for (const file of files) mocha.addFile(join(__dirname, file));
  const report = process.env['WASI_WORKBENCH_REPORT'];
  const failed = await new Promise<number>((done) => {
    const runner = mocha.run(done);
    if (report !== undefined) reportCounts(runner, report, (file) => relative(__dirname, file));
  });
  if (failed > 0) throw new Error(`${failed} tests failed`);
}

/** The test files, by their paths beside this one. */
function all(): string[] {
  const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.test.cjs')).sort();
}
