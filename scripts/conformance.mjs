// `npm run conformance`: holds output, fuel and endings against wasmtime 28 and 50, program by program.
//
//   --only TEXT      programs whose name contains TEXT
//   --model MODEL    one fuel model
//   --random N       how many random modules (150), from --seed N (1)
//   --limits         each program under every limit, as shapes are
//   --spec FOLDER    the .wast files of a folder, a checkout of WebAssembly/testsuite, instead of all else
import { join } from 'node:path';
import { runNode } from './lib/command.mjs';
import { buildCorpus, buildGenerator } from './lib/fixtures.mjs';
import { underNode24 } from './lib/node24.mjs';
import { ensurePackages } from './lib/npm.mjs';
import { ensureOracles } from './lib/oracles.mjs';
import { root } from './lib/places.mjs';
import { ensureRust } from './lib/rust.mjs';
import { script } from './lib/steps.mjs';

await script(async () => {
  await underNode24(import.meta.url);
  await ensurePackages();
  await ensureRust();
  await ensureOracles();
  const given = process.argv.slice(2);
  const generator = ['--generator', await buildGenerator()];
  const corpus = given.includes('--spec') ? [] : ['--corpus', await buildCorpus()];
  const main = join(root, 'test', 'conformance', 'main.ts');
  return runNode([main, ...generator, ...corpus, ...given]);
});
