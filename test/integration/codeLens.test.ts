import assert from 'node:assert/strict';
import { join } from 'node:path';
import { commands } from '../../src/editor/manifest/commands.ts';
import type { ChosenProgram } from '../../src/editor/run/plan.ts';
import * as vscode from 'vscode';
import { decodeUtf8 } from '../../src/shared/text.ts';
import { cargoToml, crateWith, folderWith, lensesOf, open, planOf, until, workbench } from './support.ts';

const main = 'fn main() {}\n';

describe('code lenses', () => {
  let folder: string;
  before(async () => {
    await workbench();
    folder = folderWith('lenses', {
      'Cargo.toml': '[workspace]\nmembers = ["member"]\nresolver = "3"\n',
      'member/Cargo.toml': cargoToml('member', '[[bin]]\nname = "renamed"\npath = "tools/run.rs"\n'),
      'member/src/main.rs': `// fn main() {}\nmod inner {\n    fn main() {}\n}\n\n#[allow(unused)]\npub ${main}`,
      'member/src/lib.rs': main,
      'member/src/bin/extra.rs': main,
      'member/tools/run.rs': main,
      'member/examples/demo.rs': main,
      'member/tests/main.rs': main,
      'member/build.rs': main,
    });
  });

  const programs: [path: string, program: string | null][] = [
    ['src/main.rs', 'bin member'],
    ['src/bin/extra.rs', 'bin extra'],
    ['tools/run.rs', 'bin renamed'],
    ['examples/demo.rs', 'example demo'],
    ['src/lib.rs', null],
    ['tests/main.rs', null],
    ['build.rs', null],
  ];
  for (const [path, program] of programs) {
    it(`over ${path}: ${program ?? 'none'}`, async () => {
      const lenses = await lensesOf(join(folder, 'member', path));
      const run = lenses.filter(({ command }) => command?.command === commands.run.id);
      const found = run.map(({ command }) => {
        const { crateDir, runnable } = command!.arguments![0] as ChosenProgram;
        assert.equal(crateDir, join(folder, 'member'));
        return `${runnable.kind} ${runnable.name}`;
      });
      assert.deepEqual(found, program === null ? [] : [program]);
    });
  }

  it('stands at the fn main itself', async () => {
    const [lens] = await lensesOf(join(folder, 'member', 'src', 'main.rs'));
    assert.equal(lens!.range.start.line, 6);
    assert.match(lens!.command!.title, /Run WASM/);
  });
});

describe('the lenses of a program', () => {
  const titles = async (path: string) => (await lensesOf(path)).map(({ command }) => command!.title);

  it('show what it is built for, and after a run its fuel, until a source changes', async () => {
    const api = await workbench();
    const crateDir = crateWith('shown', 'fn main() {}\n');
    const path = join(crateDir, 'src', 'main.rs');
    const before = await titles(path);
    assert.deepEqual(before, ['$(play) Run WASM', 'wasm32-wasip2', 'With Input…', 'Run and Profile']);
    const { result } = await api.run(planOf(crateDir, 'shown'));
    const fuel = `$(pass) ${result!.fuel.toLocaleString('en-US')} fuel`;
    const [run, ...more] = before;
    assert.deepEqual(await titles(path), [run, fuel, ...more]);
    const { document } = await open(path);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '// changed\n');
    await vscode.workspace.applyEdit(edit);
    assert.deepEqual(await titles(path), [run, `${fuel} (before the last change)`, ...more]);
    await document.save();
  });

  it('show the target that its saved case is built for', async () => {
    const crateDir = folderWith('cased', {
      'Cargo.toml': cargoToml('cased'),
      'src/main.rs': main,
      '.wasi-workbench/inputs.json': '{"cases": [{"name": "a", "target": "wasm32-wasip1"}]}',
    });
    const lens = (await lensesOf(join(crateDir, 'src', 'main.rs')))[1]!.command!;
    assert.deepEqual([lens.title, lens.command], ['wasm32-wasip1', commands.openInputs.id]);
  });
});

describe('watch mode', () => {
  /** Types over a part of a document, and saves it. */
  async function saveWith(document: vscode.TextDocument, before: string, after: string): Promise<void> {
    const at = document.positionAt(document.getText().indexOf(before));
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(at, at.translate(0, before.length)), after);
    await vscode.workspace.applyEdit(edit);
    await document.save();
  }

  it('runs the last program again when a source is saved', async () => {
    const api = await workbench();
    const crateDir = crateWith('watched', 'fn main() { print!("one") }\n');
    const program: ChosenProgram = planOf(crateDir, 'watched');
    await vscode.commands.executeCommand(commands.run.id, program);
    await vscode.commands.executeCommand(commands.toggleWatch.id);
    const output = () => decodeUtf8(api.lastRun()?.result?.output ?? new Uint8Array());
    assert.equal(output(), 'one');
    const { document } = await open(join(crateDir, 'src', 'main.rs'));
    await saveWith(document, 'one', 'two');
    await until(() => output() === 'two');
    await vscode.commands.executeCommand(commands.toggleWatch.id);
    const runs = api.shownRun()!.id;
    await saveWith(document, 'two', 'three');
    await new Promise((next) => setTimeout(next, 1000));
    assert.equal(api.shownRun()!.id, runs, 'it is over');
  });

  it('ends a run that still goes on when a source is saved', async () => {
    const api = await workbench();
    const crateDir = crateWith(
      'watched-on',
      'fn main() { loop { std::thread::sleep(std::time::Duration::from_millis(1)) } }\n',
    );
    const running = () =>
      api.shownRun()?.program === 'watched-on' &&
      api.shownRun()?.phase.kind === 'running' &&
      api.shownRun()!.id;
    void vscode.commands.executeCommand(commands.run.id, planOf(crateDir, 'watched-on'));
    const first = await until(running);
    void vscode.commands.executeCommand(commands.toggleWatch.id);
    const second = await until(() => running() !== first && running());
    assert.equal(api.lastRun()!.error!.code, 'stopped', 'watch mode begins with a run of its own');
    const { document } = await open(join(crateDir, 'src', 'main.rs'));
    await saveWith(document, 'loop {', 'for _ in 0..1 {');
    const last = await until(() => {
      const { run } = api.lastRun()!;
      return run.program === 'watched-on' && ![first, second].includes(run.id) && api.lastRun();
    });
    assert.equal(last.error, null);
    await vscode.commands.executeCommand(commands.toggleWatch.id);
  });
});
