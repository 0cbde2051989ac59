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
    assert.deepEqual(before, ['$(play) Run WASM', 'With Input…', 'Run and Profile', 'wasm32-wasip2']);
    const { result } = await api.run(planOf(crateDir, 'shown'));
    const fuel = `$(pass) ${result!.fuel.toLocaleString('en-US')} fuel`;
    assert.deepEqual(await titles(path), [...before, fuel]);
    const { document } = await open(path);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '// changed\n');
    await vscode.workspace.applyEdit(edit);
    assert.deepEqual(await titles(path), [...before, `${fuel} (before the last change)`]);
    await document.save();
  });

  it('show the target that its saved case is built for', async () => {
    const crateDir = folderWith('cased', {
      'Cargo.toml': cargoToml('cased'),
      'src/main.rs': main,
      '.wasi-workbench/inputs.json': '{"cases": [{"name": "a", "target": "wasm32-wasip1"}]}',
    });
    const lens = (await lensesOf(join(crateDir, 'src', 'main.rs')))[3]!.command!;
    assert.deepEqual([lens.title, lens.command], ['wasm32-wasip1', commands.openInputs.id]);
  });
});

describe('watch mode', () => {
  it('runs the last program again when a source is saved', async () => {
    const api = await workbench();
    const crateDir = crateWith('watched', 'fn main() { print!("one") }\n');
    const program: ChosenProgram = planOf(crateDir, 'watched');
    await vscode.commands.executeCommand(commands.run.id, program);
    await vscode.commands.executeCommand(commands.toggleWatch.id);
    const output = () => decodeUtf8(api.lastRun()?.result?.output ?? new Uint8Array());
    assert.equal(output(), 'one');
    const { document } = await open(join(crateDir, 'src', 'main.rs'));
    const at = document.positionAt(document.getText().indexOf('one'));
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(at, at.translate(0, 3)), 'two');
    await vscode.workspace.applyEdit(edit);
    await document.save();
    await until(() => output() === 'two');
    await vscode.commands.executeCommand(commands.toggleWatch.id);
  });
});
