import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { LanguageClient, type StaticFeature } from 'vscode-languageclient/node';
import { crateWith, lensesOf, open, planOf, until, workbench } from './support.ts';

/** What a client of its own tells rust-analyzer that it can do, so that it offers its lenses. */
const lensCommands: StaticFeature = {
  fillClientCapabilities(capabilities) {
    const commands = ['rust-analyzer.runSingle', 'rust-analyzer.debugSingle'];
    capabilities.experimental = { commands: { commands } };
  },
  initialize: () => undefined,
  getState: () => ({ kind: 'static' }),
  clear: () => undefined,
};

/** rust-analyzer itself, as rustup has it, started for one crate as its extension starts it. */
function rustAnalyzerFor(crateDir: string): LanguageClient {
  const uri = vscode.Uri.file(crateDir);
  const client = new LanguageClient(
    'rust-analyzer',
    'rust-analyzer',
    { command: 'rust-analyzer', options: { cwd: crateDir } },
    {
      documentSelector: [{ scheme: 'file', language: 'rust', pattern: `${uri.fsPath}/**` }],
      workspaceFolder: { uri, name: 'crate', index: 0 },
      diagnosticCollectionName: 'rust-analyzer',
      // It is still written to when the process has been told to end.
      outputChannel: vscode.window.createOutputChannel('rust-analyzer', { log: true }),
      // cargo's folder is its own, so that the two don't wait for each other.
      initializationOptions: {
        linkedProjects: [join(crateDir, 'Cargo.toml')],
        cargo: { targetDir: true, sysroot: null },
        // Neither the standard library nor macros matter here, and to read them takes minutes of two slow cores.
        cachePriming: { enable: false },
        procMacro: { enable: false },
      },
    },
  );
  client.registerFeature(lensCommands);
  return client;
}

describe('beside rust-analyzer', () => {
  let crateDir: string;
  let path: string;
  let client: LanguageClient;
  before(async () => {
    await workbench();
    crateDir = crateWith(
      'analysed',
      '/// Docs.\n#[allow(unused)]\nfn main() {\n    let x: u32 = "text";\n}\n',
    );
    path = join(crateDir, 'src', 'main.rs');
    client = rustAnalyzerFor(crateDir);
    await open(path);
    await client.start();
  });
  after(async () => {
    await client.dispose();
  });

  it('lenses stand in the same line, each extension’s own together', async () => {
    const own = new Set(['$(play) Run WASM', 'wasm32-wasip2', 'With Input…', 'Run and Profile']);
    const lenses = await until(async () => {
      const found = await lensesOf(path);
      return found.length > own.size && found;
    });
    assert.deepEqual([...new Set(lenses.map(({ range }) => range.start.line))], [2]);
    const titles = lenses.map(({ command }) => command!.title);
    assert.deepEqual(titles.filter((title) => !own.has(title)).map(withoutSigns), ['Run', 'Debug']);
    const sides = titles.map((title) => own.has(title));
    const changes = sides.filter((side, at) => at > 0 && side !== sides[at - 1]);
    assert.equal(changes.length, 1, titles.join(' | '));
    assert.deepEqual(
      titles.filter((title) => own.has(title)),
      [...own],
    );
  });

  it('errors are shown once, by it or by us', async () => {
    const api = await workbench();
    const uri = vscode.Uri.file(path);
    const from = (source: string) =>
      vscode.languages.getDiagnostics(uri).filter((diagnostic) => diagnostic.source === source);
    // What cargo check said, by rust-analyzer.
    const [theirs] = await until(() => from('rustc').length > 0 && from('rustc'));
    assert.match(theirs!.message, /^mismatched types/);
    const { error } = await api.run(planOf(crateDir, 'analysed'));
    assert.equal(error!.code, 'build-failed');
    assert.deepEqual(from('cargo'), []);
    // Without it the same build's errors are ours to show.
    await client.stop();
    await until(() => from('rustc').length === 0);
    const [ours, ...more] = await until(() => from('cargo').length > 0 && from('cargo'));
    assert.deepEqual(more, []);
    assert.deepEqual(ours!.range, theirs!.range);
  });
});

/** `▶︎ Run ` and the like, by their words. */
function withoutSigns(title: string): string {
  return title.replaceAll(/[^\w ]/g, '').trim();
}
