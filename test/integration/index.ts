import { appendFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';

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
  for (const file of readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).sort()) {
    if (file.endsWith('.test.cjs')) mocha.addFile(join(__dirname, file));
  }
  const stats = await new Promise<Mocha.Stats>((done) => {
    const runner = mocha.run(() => done(runner.stats!));
  });
  const report = process.env['WASI_WORKBENCH_REPORT'];
  if (report !== undefined) {
    const counts = { passed: stats.passes, failed: stats.failures, skipped: stats.pending };
    writeFileSync(report, JSON.stringify(counts));
  }
  if (stats.failures > 0) throw new Error(`${stats.failures} tests failed`);
}
