// `npm run bench`: run times of metered V8 beside plain V8 and wasmtime 28, load times, and the pass's speed, with
// the bars they are held to. Several rounds in turn, medians; `--quick` for one round.
import { join } from 'node:path';
import { runNode } from './lib/command.mjs';
import { cargo } from './lib/fixtures.mjs';
import { underNode24 } from './lib/node24.mjs';
import { ensurePackages } from './lib/npm.mjs';
import { ensureOracles } from './lib/oracles.mjs';
import { cacheDir, root } from './lib/places.mjs';
import { ensureRust } from './lib/rust.mjs';
import { say, script } from './lib/steps.mjs';

await script(async () => {
  await underNode24(import.meta.url);
  await ensurePackages();
  await ensureRust();
  await ensureOracles();
  const bins = join(cacheDir, 'bench-target');
  say('building the programs that are measured');
  const targets = ['--target', 'wasm32-wasip1', '--target', 'wasm32-wasip2'];
  await cargo(['build', '--locked', '--release', ...targets], 'test/bench/programs', bins);
  const main = join(root, 'test', 'bench', 'main.ts');
  return runNode([main, '--bins', bins, ...process.argv.slice(2)]);
});
