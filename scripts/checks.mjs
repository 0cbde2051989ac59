// Lint, format and types: what .ci/run asks before the tests.
import { join } from 'node:path';
import { finish } from './lib/command.mjs';
import { underNode24 } from './lib/node24.mjs';
import { ensurePackages } from './lib/npm.mjs';
import { root } from './lib/places.mjs';
import { StepError, say, script } from './lib/steps.mjs';

/** @type {readonly [name: string, program: string, args: readonly string[]][]} programs are of node_modules */
const checks = [
  ['lint', 'eslint/bin/eslint.js', ['.']],
  ['format', 'prettier/bin/prettier.cjs', ['--check', '--log-level=warn', '.']],
  ['types', 'typescript/bin/tsc', ['--noEmit']],
];

await script(async () => {
  await underNode24(import.meta.url);
  await ensurePackages();
  let failed = false;
  for (const [name, program, args] of checks) {
    say(`checking ${name}`);
    const { code } = await finish(process.execPath, [join(root, 'node_modules', program), ...args], {
      cwd: root,
      timeoutSeconds: 600,
    });
    failed ||= code !== 0;
  }
  if (!failed) return;
  throw new StepError(
    'The checks above failed.',
    'npm run format mends the format, npx eslint --fix some of the rest.',
  );
});
