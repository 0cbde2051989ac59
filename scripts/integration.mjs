// Runs test/integration inside the extension host of a real VS Code that has the packaged extension installed: all of
// it, or the bundled files that are named, such as `run.test.cjs`.
import { cpSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import { build } from 'esbuild';
import { runInDesktop, runInServer } from './lib/extensionHost.mjs';
import { editorIsServed } from './lib/needs.mjs';
import { cacheDir, examplesDir, root, vsixPath } from './lib/places.mjs';
import { script } from './lib/steps.mjs';

const tests = join(root, 'test', 'integration');
const bundled = join(root, 'out', 'integration');
const log = join(bundled, 'mocha.log');

await script(async () => {
  await bundleTests();
  // Spaces and other alphabets are what users' folders are called; the tests may write into it.
  const workspace = mkdtempSync(join(tmpdir(), 'wörk bench '));
  cpSync(examplesDir, workspace, { recursive: true, filter: (path) => basename(path) !== 'target' });
  const files = process.argv.slice(2);
  const env = {
    ...process.env,
    CARGO_TARGET_DIR: join(cacheDir, 'integration-target'),
    WASI_WORKBENCH_LOG: log,
    ...(files.length === 0 ? {} : { WASI_WORKBENCH_FILES: files.join(delimiter) }),
  };
  const options = {
    vsix: vsixPath,
    stub: join(tests, 'stub'),
    entry: join(bundled, 'index.cjs'),
    workspace,
    env,
  };
  try {
    return await (editorIsServed ? runInServer(options) : runInDesktop(options));
  } finally {
    process.stderr.write(existsSync(log) ? readFileSync(log) : 'The tests did not start.\n');
    rmSync(workspace, { recursive: true, force: true, maxRetries: 5 });
  }
});

/** The entry and the tests as CommonJS, which extension hosts load; mocha stays outside, as one instance. */
async function bundleTests() {
  rmSync(bundled, { recursive: true, force: true });
  await build({
    entryPoints: [join(tests, 'index.ts'), ...globSync(join(tests, '**', '*.test.ts'))],
    outdir: bundled,
    outbase: tests,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
}
