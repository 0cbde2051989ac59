// Lint, format and types: what .ci/run asks before the tests.
import { join } from 'node:path';
import { run } from './lib/command.mjs';
import { underNode24 } from './lib/node24.mjs';
import { ensurePackages } from './lib/npm.mjs';
import { root } from './lib/places.mjs';
import { say, script } from './lib/steps.mjs';

/** @type {readonly [name: string, program: string, args: readonly string[]][]} programs are of node_modules */
const checks = [
  ['lint', 'eslint/bin/eslint.js', ['.']],
  ['format', 'prettier/bin/prettier.cjs', ['--check', '--log-level=warn', '.']],
  ['types', 'typescript/bin/tsc', ['--noEmit']],
];

await script(async () => {
  await underNode24(import.meta.url);
  await ensurePackages();
  for (const [name, program, args] of checks) {
    say(`checking ${name}`);
    await run(process.execPath, [join(root, 'node_modules', program), ...args], {
      cwd: root,
      next: 'Mend what it names (npm run format mends the format), then run this again.',
    });
  }
});
