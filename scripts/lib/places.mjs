// Where things are, in the repository and outside it. Nothing that is downloaded or measured lands in the tree
// but node_modules, dist/ and out/.
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Outlives a clone: Node.js 24, Python environments, the artefacts of example and fixture crates. */
export const cacheDir = join(homedir(), '.cache', 'wasi-workbench');

/** The package that users install; made by `npm run package`. */
export const vsixPath = join(root, 'out', 'wasi-workbench.vsix');

export const cliPath = join(root, 'dist', 'cli.js');
export const examplesDir = join(root, 'examples');

/** What `loadRustParser` reads, as npm installs it; the extension has both in dist/. */
export const parserFiles = {
  runtime: join(root, 'node_modules', 'web-tree-sitter', 'web-tree-sitter.wasm'),
  grammar: join(root, 'node_modules', '@vscode', 'tree-sitter-wasm', 'wasm', 'tree-sitter-rust.wasm'),
};

/** cargo's target folder for the examples, so that a run leaves nothing in the tree. */
export const examplesTargetDir = join(cacheDir, 'examples-target');
