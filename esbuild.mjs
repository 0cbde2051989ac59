// Bundles each process of the extension: the extension itself, the command line, the executor's child, the panel.
import { build } from 'esbuild';
import { cpSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { thirdPartyNotices } from './scripts/lib/notices.mjs';

const root = fileURLToPath(new URL('.', import.meta.url));
const production = process.argv.includes('--production');

const common = {
  absWorkingDir: root,
  bundle: true,
  sourcemap: production ? false : 'linked',
  minify: production,
  logLevel: 'warning',
  // The notices hold them all.
  legalComments: 'none',
  metafile: true,
};
/** ESM bundles of CommonJS packages still call require for Node's own modules. */
const banner = {
  js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
};
const shim = './node_modules/@bytecodealliance/preview2-shim/dist/browser';
const node = {
  ...common,
  platform: 'node',
  target: 'node20',
  alias: {
    // wasm-tools asks for a world only to panic in; the one for browsers has neither workers nor native parts.
    ...Object.fromEntries(
      ['cli', 'filesystem', 'io', 'random'].map((name) => [
        `@bytecodealliance/preview2-shim/${name}`,
        `${shim}/${name}.js`,
      ]),
    ),
    // Its UMD build hides what it requires from bundlers.
    'jsonc-parser': './node_modules/jsonc-parser/lib/esm/main.js',
  },
};

const bundles = [
  // One build for all processes: what two of them need is one chunk, and what is imported on demand loads on demand.
  {
    ...node,
    entryPoints: present({
      extension: 'src/extension.ts',
      cli: 'src/cli/main.ts',
      executor: 'src/executor/process/child.ts',
      server: 'src/server/main.ts',
      httpWorker: 'src/executor/process/httpWorker.ts',
      outputPump: 'src/executor/process/outputPump.ts',
      wasmText: 'src/editor/wasmFile/textWorker.ts',
    }),
    outdir: 'dist',
    format: 'esm',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    external: ['vscode'],
    banner,
  },
  {
    ...common,
    entryPoints: ['src/webview/panel.ts', 'src/webview/panel.css'],
    outdir: 'dist/webview',
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
    format: 'iife',
    target: 'es2023',
  },
];

/** Files that are loaded as they are: where a package has them, and their names in dist/. */
const assets = {
  'web-tree-sitter/web-tree-sitter.wasm': 'web-tree-sitter.wasm',
  '@vscode/tree-sitter-wasm/wasm/tree-sitter-rust.wasm': 'tree-sitter-rust.wasm',
  // A CommonJS program without a file extension; smaller than Binaryen's library, and it takes wasm-opt's own flags.
  'binaryen/bin/wasm-opt': 'wasm-opt.cjs',
  // These lie beside the code that loads them, which is in a chunk of its own.
  '@bytecodealliance/jco-transpile/vendor/wasm-tools.core.wasm': 'chunks/wasm-tools.core.wasm',
  '@bytecodealliance/jco-transpile/vendor/wasm-tools.core2.wasm': 'chunks/wasm-tools.core2.wasm',
  '@bytecodealliance/jco/lib/wasi_snapshot_preview1.command.wasm':
    'chunks/wasi_snapshot_preview1.command.wasm',
};

const dist = new URL('dist/', import.meta.url);
rmSync(dist, { recursive: true, force: true });
const built = await Promise.all(bundles.map((bundle) => build(bundle)));
for (const [source, name] of Object.entries(assets)) {
  cpSync(new URL(`node_modules/${source}`, import.meta.url), new URL(name, dist));
}
const copied = Object.keys(assets).map((source) => `node_modules/${source}`);
const bundled = built.flatMap(({ metafile }) =>
  Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs)),
);
writeFileSync(new URL('THIRD_PARTY_NOTICES.txt', dist), thirdPartyNotices(root, [...bundled, ...copied]));

/** @param {Record<string, string>} entryPoints */
function present(entryPoints) {
  return Object.fromEntries(
    Object.entries(entryPoints).filter(([, path]) => existsSync(new URL(path, import.meta.url))),
  );
}
