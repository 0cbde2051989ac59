// Bundles each process of the extension: the extension itself, the command line, the executor's child, the panel.
import { build } from 'esbuild';
import { existsSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('.', import.meta.url));
const production = process.argv.includes('--production');

const common = {
  absWorkingDir: root,
  bundle: true,
  sourcemap: production ? false : 'linked',
  minify: production,
  logLevel: 'warning',
  legalComments: 'none',
};
/** ESM bundles of CommonJS packages still call require for Node's own modules. */
const banner = {
  js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
};
const node = { ...common, platform: 'node', target: 'node20' };

/** In the order in which the flow of a run passes them. */
const bundles = [
  {
    ...node,
    entryPoints: ['src/extension.ts'],
    outfile: 'dist/extension.cjs',
    format: 'cjs',
    external: ['vscode'],
  },
  { ...node, entryPoints: ['src/cli/main.ts'], outfile: 'dist/cli.js', format: 'esm', banner },
  {
    ...node,
    entryPoints: {
      executor: 'src/executor/process/child.ts',
      outputPump: 'src/executor/process/outputPump.ts',
    },
    outdir: 'dist',
    format: 'esm',
    splitting: true,
    chunkNames: 'executor-[hash]',
    banner,
  },
  {
    ...common,
    entryPoints: ['src/webview/panel.ts', 'src/webview/panel.css'],
    outdir: 'dist/webview',
    format: 'iife',
    target: 'es2023',
  },
];

rmSync(new URL('dist', import.meta.url), { recursive: true, force: true });
await Promise.all(
  bundles
    .filter(({ entryPoints }) =>
      Object.values(entryPoints).every((entry) => existsSync(new URL(entry, import.meta.url))),
    )
    .map((bundle) => build(bundle)),
);
