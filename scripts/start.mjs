// `npm start`: sets itself up, builds the extension, and builds and runs an example with it.
// `npm start -- --editor [--port N]`: serves a VS Code with the extension and the examples, until Ctrl-C.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildVsix } from './lib/build.mjs';
import { run } from './lib/command.mjs';
import { openEditor } from './lib/editor.mjs';
import { underNode24 } from './lib/node24.mjs';
import { ensurePackages } from './lib/npm.mjs';
import { cliPath, examplesDir, examplesTargetDir } from './lib/places.mjs';
import { ensureRust } from './lib/rust.mjs';
import { StepError, say, script } from './lib/steps.mjs';

const example = join(examplesDir, 'price-feed');

await script(async () => {
  const { editor, port } = options();
  await underNode24(import.meta.url);
  await ensurePackages();
  await ensureRust();
  const vsix = await buildVsix();
  if (editor) return openEditor(vsix, port);
  await runExample();
  process.stderr.write(`
To use it in VS Code:
  code --install-extension "${vsix}"
  code "${examplesDir}"          then click "Run WASM" above a fn main
Or look at it in a browser, with nothing installed:
  npm start -- --editor
`);
});

function options() {
  try {
    const { values } = parseArgs({ options: { editor: { type: 'boolean' }, port: { type: 'string' } } });
    const port = Number(values.port ?? 0);
    if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error(`${values.port} is no port`);
    return { editor: values.editor === true, port };
  } catch (error) {
    throw new StepError(String(error), 'Usage: npm start [-- --editor [--port N]]', { cause: error });
  }
}

/** Output, fuel, peak memory and times are what the command line prints of a run. */
async function runExample() {
  say('building and running examples/price-feed for wasm32-wasip2');
  const input = join(example, 'input.json');
  await run(process.execPath, [cliPath, 'run', example, '--target', 'wasm32-wasip2', '--input-file', input], {
    env: { ...process.env, CARGO_TARGET_DIR: examplesTargetDir },
    timeoutSeconds: 600,
    next: 'Its own words above say what to do.',
  });
}
