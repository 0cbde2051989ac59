import assert from 'node:assert/strict';
import { build, type Metafile } from 'esbuild';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** The modules that are loaded together with an entry: all that it imports, but for what is imported on demand. */
async function loadedWith(entry: string): Promise<Map<string, number>> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outdir: 'out/unused',
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    write: false,
    metafile: true,
    external: ['vscode', '@bytecodealliance/*'],
    logLevel: 'error',
  });
  const loaded = new Map<string, number>();
  const seen = new Set<string>();
  const visit = (path: string, outputs: Metafile['outputs']) => {
    const output = outputs[path];
    if (seen.has(path) || output === undefined) return;
    seen.add(path);
    for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) loaded.set(input, bytesInOutput);
    for (const { kind, path: next } of output.imports) if (kind === 'import-statement') visit(next, outputs);
  };
  const main = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint === entry)![0];
  visit(main, metafile.outputs);
  return loaded;
}

describe('activation', () => {
  it('loads little, and nothing that can wait', async () => {
    const loaded = await loadedWith('src/extension.ts');
    const bytes = [...loaded.values()].reduce((sum, part) => sum + part, 0);
    assert.ok(bytes < 400_000, `${bytes} bytes, not minified`);
    const waiting =
      /vscode-language|web-tree-sitter|undici|toml-eslint|src\/(?:fuel|wasm|server)\/|src\/executor\/(?:host|component|engine)/;
    assert.deepEqual(
      [...loaded.keys()].filter((path) => waiting.test(path)),
      [],
    );
  });
});
