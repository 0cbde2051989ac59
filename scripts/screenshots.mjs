// `npm run screenshots`: takes the pictures of the README, the documentation and the walkthrough from the packaged
// extension in a real VS Code, in light and dark. `npm run screenshots -- NAME` takes some of them.
import { join } from 'node:path';
import { runNode } from './lib/command.mjs';
import { provide } from './lib/needs.mjs';
import { underNode24 } from './lib/node24.mjs';
import { ensurePackages } from './lib/npm.mjs';
import { root } from './lib/places.mjs';
import { script } from './lib/steps.mjs';

await script(async () => {
  await underNode24(import.meta.url);
  await ensurePackages();
  await provide(['rust', 'vsix', 'editor']);
  const main = join(root, 'test', 'screenshots', 'main.ts');
  return runNode([main, ...process.argv.slice(2)]);
});
