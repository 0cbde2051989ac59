// `npm run package`: makes out/wasi-workbench.vsix.
import { buildVsix } from './lib/build.mjs';
import { underNode24 } from './lib/node24.mjs';
import { ensurePackages } from './lib/npm.mjs';
import { script } from './lib/steps.mjs';

await script(async () => {
  await underNode24(import.meta.url);
  await ensurePackages();
  await buildVsix();
});
