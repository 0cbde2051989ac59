import assert from 'node:assert/strict';
import { readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { commands } from '../../src/editor/manifest/commands.ts';
import type { ChosenProgram } from '../../src/editor/run/plan.ts';
import type { WorkbenchApi } from '../../src/editor/workbenchApi.ts';
import type { SavedInput } from '../../src/shared/savedInput.ts';
import { decodeUtf8 } from '../../src/shared/text.ts';
import { cargoToml, folderWith, open, planOf, until, workbench, workspaceFolder } from './support.ts';

const inputs = join('.wasi-workbench', 'inputs.json');

/** A crate that prints its input, its arguments and the variable KEY. */
function crateWithCases(name: string, cases: readonly object[]): string {
  return folderWith(name, {
    'Cargo.toml': cargoToml(name),
    'src/main.rs': `fn main() {
      let input = std::io::read_to_string(std::io::stdin()).unwrap();
      let args: Vec<String> = std::env::args().skip(1).collect();
      print!("{input}|{}|{}", args.join(","), std::env::var("KEY").unwrap_or_default());
    }`,
    [inputs]: JSON.stringify({ cases }, null, 2),
  });
}

describe('saved inputs', () => {
  let api: WorkbenchApi;
  before(async () => {
    api = await workbench();
  });

  it('are run with everything that the case says', async () => {
    const crateDir = crateWithCases('saved', [
      { name: 'first' },
      {
        name: 'second',
        stdin: { json: { a: 1 } },
        args: ['x'],
        env: { KEY: 'open' },
        target: 'wasm32-wasip1',
        fuelModel: 'wasmtime-current',
        limits: { maxInstructions: 1_000_000 },
      },
    ]);
    const { result, error } = await api.run(planOf(crateDir, 'saved', { kind: 'case', name: 'second' }));
    assert.equal(error, null);
    assert.equal(decodeUtf8(result!.output), '{"a":1}|x|open');
    assert.deepEqual([result!.target, result!.fuelModel], ['wasm32-wasip1', 'wasmtime-current']);
    const shown = api.shownRun()!;
    assert.deepEqual(
      [shown.input, shown.target, shown.limits.maxInstructions],
      ['case “second”', 'wasm32-wasip1', 1_000_000],
    );
  });

  it('read a file, open the folders they name, and draw the random numbers of their seed', async () => {
    const folder = { host: '../given', guest: '/data', writable: true };
    const drawn = (name: string, seed: number) => ({
      name,
      stdin: { file: 'in.txt' },
      folders: [folder],
      seed,
    });
    const crateDir = folderWith('filled', {
      'Cargo.toml': cargoToml('filled'),
      'src/main.rs': `use std::hash::{BuildHasher, RandomState};
        fn main() {
          let input = std::io::read_to_string(std::io::stdin()).unwrap();
          let kept = std::fs::read_to_string("/data/kept.txt").unwrap();
          std::fs::write("/data/made.txt", &input).unwrap();
          print!("{input}|{kept}|{}", RandomState::new().hash_one(1));
        }`,
      'given/kept.txt': 'kept',
      [join('.wasi-workbench', 'in.txt')]: 'from a file',
      [inputs]: JSON.stringify({ cases: [drawn('one', 1), drawn('same', 1), drawn('other', 2)] }),
    });
    const outputOf = async (name: string) => {
      const { result, error } = await api.run(planOf(crateDir, 'filled', { kind: 'case', name }));
      assert.equal(error, null);
      return decodeUtf8(result!.output);
    };
    const one = await outputOf('one');
    assert.match(one, /^from a file\|kept\|\d+$/);
    assert.equal(readFileSync(join(crateDir, 'given', 'made.txt'), 'utf8'), 'from a file');
    assert.equal(await outputOf('same'), one);
    assert.notEqual(await outputOf('other'), one);
  });

  it('give Run its default: the first case, unsaved edits included', async () => {
    const crateDir = crateWithCases('defaulted', [{ name: 'only', stdin: { text: 'old' } }]);
    const { document } = await open(join(crateDir, inputs));
    const at = document.positionAt(document.getText().indexOf('old'));
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(at, at.translate(0, 3)), 'new');
    await vscode.workspace.applyEdit(edit);
    const program: ChosenProgram = planOf(crateDir, 'defaulted');
    await vscode.commands.executeCommand(commands.run.id, program);
    const { plan, result, error } = api.lastRun()!;
    assert.equal(error, null);
    assert.deepEqual(plan.input, { kind: 'case', name: 'only' });
    assert.equal(decodeUtf8(result!.output), 'new||');
  });

  it('take secrets from the secret storage, and say which has no value', async () => {
    const crateDir = crateWithCases('secretive', [{ name: 'a', secrets: ['KEY'] }]);
    const plan = planOf(crateDir, 'secretive', { kind: 'case', name: 'a' });
    const missing = await api.run(plan);
    assert.equal(missing.error!.code, 'usage');
    assert.match(missing.error!.message, /KEY has no value/);
    await api.setSecret(crateDir, 'KEY', 'hidden');
    assert.equal(decodeUtf8((await api.run(plan)).result!.output), '||hidden');
    assert.ok(!readFileSync(join(crateDir, inputs), 'utf8').includes('hidden'));
    await api.setSecret(crateDir, 'KEY', '');
    assert.equal((await api.run(plan)).error!.code, 'usage');
  });

  it('tell the places of mistakes in their file', async () => {
    const crateDir = crateWithCases('mistaken', [{ name: 'a', stdni: {} }]);
    const { error } = await api.run(planOf(crateDir, 'mistaken', { kind: 'case', name: 'a' }));
    assert.match(error!.cause!, /inputs\.json:5:7: .*“stdin”/);
  });

  it('begin with an example, which the schema and the reader accept', async () => {
    const crateDir = folderWith('begun', { 'Cargo.toml': cargoToml('begun'), 'src/main.rs': 'fn main() {}' });
    await vscode.commands.executeCommand(commands.openInputs.id, planOf(crateDir, 'begun'));
    const { document } = vscode.window.activeTextEditor!;
    assert.equal(document.uri.fsPath, join(crateDir, inputs));
    assert.equal(document.languageId, 'jsonc');
    const { error } = await api.run(planOf(crateDir, 'begun', { kind: 'case', name: 'example' }));
    assert.equal(error, null);
  });

  /** Once a run is kept, its panel knows what became of the fuel. */
  const runAndKeep = async (plan: ReturnType<typeof planOf>) => {
    const { result } = await api.run(plan);
    await until(() => api.shownRun()?.change != null);
    return result!;
  };
  const savedIn = (crateDir: string) =>
    JSON.parse(readFileSync(join(crateDir, inputs), 'utf8')) as { cases: SavedInput[] };

  it('are made of a run: its input, and what came of it as what is expected', async () => {
    const crateDir = crateWithCases('kept', []);
    unlinkSync(join(crateDir, inputs));
    const { fuel } = await runAndKeep(planOf(crateDir, 'kept', { kind: 'text', text: 'Ada\n' }));
    await vscode.commands.executeCommand(commands.saveRun.id, undefined, 'hers');
    assert.deepEqual(savedIn(crateDir).cases, [
      {
        name: 'hers',
        stdin: { text: 'Ada\n' },
        target: 'wasm32-wasip2',
        expect: { output: { text: 'Ada\n||' }, exitCode: 0, fuel },
      },
    ]);
    const { document, selection } = vscode.window.activeTextEditor!;
    assert.equal(document.uri.fsPath, join(crateDir, inputs));
    assert.ok(
      document.getText().slice(document.offsetAt(selection.active)).startsWith('{\n      "name": "hers"'),
    );
  });

  it('are made of a case’s run with what the case says, a secret’s value aside', async () => {
    const first = { name: 'a', args: ['x'], secrets: ['KEY'], limits: { maxInstructions: 9_000_000 } };
    const crateDir = crateWithCases('rekept', [{ ...first, expect: { exitCode: 1 } }]);
    await api.setSecret(crateDir, 'KEY', 'hidden-value');
    const { fuel } = await runAndKeep(planOf(crateDir, 'rekept', { kind: 'case', name: 'a' }));
    await vscode.commands.executeCommand(commands.saveRun.id, undefined, 'b');
    assert.deepEqual(savedIn(crateDir).cases[1], {
      ...first,
      name: 'b',
      target: 'wasm32-wasip2',
      // The output holds the secret.
      expect: { exitCode: 0, fuel },
    });
    assert.ok(!readFileSync(join(crateDir, inputs), 'utf8').includes('hidden-value'));
    await api.setSecret(crateDir, 'KEY', '');
  });

  it('complete what the schema knows', async () => {
    const crateDir = crateWithCases('completed', [{ name: 'a' }]);
    const { document } = await open(join(crateDir, inputs));
    const at = document.positionAt(document.getText().indexOf('"name"'));
    const labels = await until(async () => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        at,
      );
      const found = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
      return found.includes('fuelModel') && found;
    });
    assert.ok(labels.includes('expect') && labels.includes('secrets'));
  });
});

/** What a test run said of its tests, by their labels. */
interface Said {
  begun: boolean;
  readonly states: string[];
  readonly messages: vscode.TestMessage[];
  readonly ended: Promise<undefined>;
}

/** Records what the extension tells the editor in the next test run. */
function recordRun(controller: vscode.TestController): Said {
  const original = controller.createTestRun.bind(controller);
  const ended = Promise.withResolvers<undefined>();
  const said = {
    begun: false,
    states: [] as string[],
    messages: [] as vscode.TestMessage[],
    ended: ended.promise,
  };
  controller.createTestRun = (...given) => {
    controller.createTestRun = original;
    said.begun = true;
    const run = original(...given);
    const record =
      (state: string) =>
      (item: vscode.TestItem, messages: vscode.TestMessage | readonly vscode.TestMessage[] | number = []) => {
        said.states.push(`${item.label}: ${state}`);
        if (typeof messages !== 'number') said.messages.push(...[messages].flat());
      };
    return new Proxy(run, {
      get(target, key) {
        if (key === 'started') {
          return (item: vscode.TestItem) => {
            said.states.push(`${item.label}: started`);
            target.started(item);
          };
        }
        if (['passed', 'failed', 'errored', 'skipped'].includes(String(key))) return record(String(key));
        if (key === 'end') {
          return () => {
            target.end();
            ended.resolve(undefined);
          };
        }
        const value: unknown = Reflect.get(target, key);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
  };
  return said;
}

/**
 * Runs a test and those below it, as a click on its arrow does. The window hears of a test a moment after it was made;
 * of one that it doesn't know it runs nothing.
 */
async function runById(item: vscode.TestItem, said: Said): Promise<void> {
  const runKind = 2;
  while (!said.begun) {
    await vscode.commands.executeCommand('vscode.runTestsById', runKind, `wasi-workbench\0${item.id}`);
    await new Promise((next) => setTimeout(next, 100));
  }
}

describe('the Testing view', () => {
  let tests: vscode.TestController;
  before(async () => {
    ({ tests } = await workbench());
  });

  const crateItem = async (crateDir: string) => {
    await open(join(crateDir, inputs));
    return until(() => tests.items.get(crateDir));
  };
  const names = (item: vscode.TestItem) => [...item.children].map(([, { label }]) => label);

  it('has a test for each case, and follows the file that other programs change', async () => {
    // An example: of folders that came later, all at once, the editor's watcher may know nothing.
    const crateDir = join(workspaceFolder(), 'dice-roll');
    const path = join(crateDir, inputs);
    const original = readFileSync(path);
    try {
      const item = await until(() => tests.items.get(crateDir));
      writeFileSync(path, JSON.stringify({ cases: [{ name: 'a' }, { name: 'b' }] }, null, 2));
      await until(() => names(item).join() === 'a,b');
      const [[, first]] = [...item.children] as [[string, vscode.TestItem]];
      assert.deepEqual([first.range!.start.line, first.range!.end.line], [2, 4]);
      writeFileSync(path, '{"cases": [{"name": "c"}, {"name": 1}]}');
      await until(() => names(item).join() === 'c');
      assert.match(item.error as string, /inputs\.json:1:36/);
      unlinkSync(path);
      await until(() => tests.items.get(crateDir) === undefined);
    } finally {
      writeFileSync(path, original);
    }
    await until(() => tests.items.get(crateDir));
  });

  it('has no tests of a file that the editor deletes, though it still shows it', async () => {
    const crateDir = crateWithCases('deleted', [{ name: 'a' }]);
    await crateItem(crateDir);
    const edit = new vscode.WorkspaceEdit();
    edit.deleteFile(vscode.Uri.file(join(crateDir, inputs)));
    await vscode.workspace.applyEdit(edit);
    await until(() => tests.items.get(crateDir) === undefined);
  });

  it('runs a crate, and shows failures as diffs at the case', async () => {
    const crateDir = crateWithCases('tested', [
      { name: 'right', stdin: { text: 'in' }, expect: { output: { text: 'in||' } } },
      { name: 'wrong', stdin: { text: 'in' }, expect: { output: { text: 'out' }, fuel: 1 } },
      { name: 'no secret', secrets: ['KEY'] },
    ]);
    const item = await crateItem(crateDir);
    const said = recordRun(tests);
    void runById(item, said);
    await said.ended;
    const ends = said.states.filter((state) => !state.endsWith('started'));
    assert.deepEqual(ends, ['right: passed', 'wrong: failed', 'no secret: errored']);
    const [output, fuel, error] = said.messages;
    assert.deepEqual([output!.expectedOutput, output!.actualOutput], ['out', 'in||']);
    const source = readFileSync(join(crateDir, inputs), 'utf8').split('\n');
    assert.match(source[output!.location!.range.start.line]!, /"output": \{/);
    assert.match(source[fuel!.location!.range.start.line]!, /"fuel": 1/);
    assert.match(error!.message as string, /KEY has no value/);
  });

  it('holds a case to its exit code and, within its tolerance, to its fuel', async () => {
    const crateDir = folderWith('budgeted', {
      'Cargo.toml': cargoToml('budgeted'),
      'src/main.rs': 'fn main() { std::process::exit(std::env::args().count() as i32 - 1) }',
      [inputs]: '{"cases": []}',
    });
    const write = (cases: readonly object[]) =>
      writeFileSync(join(crateDir, inputs), JSON.stringify({ cases }));
    write([{ name: 'plain', args: ['x'] }]);
    const plain = planOf(crateDir, 'budgeted', { kind: 'case', name: 'plain' });
    const { fuel } = (await (await workbench()).run(plain)).result!;
    const cases = [
      { name: 'exits with 1', args: ['x'], expect: { exitCode: 1, fuel: fuel - 1, tolerance: 0.05 } },
      { name: 'exits with 0', args: ['x'], expect: { exitCode: 0 } },
      { name: 'is too dear', args: ['x'], expect: { exitCode: 1, fuel: fuel - 1 } },
    ];
    write(cases);
    const item = await crateItem(crateDir);
    await until(() => item.children.size === cases.length);
    const said = recordRun(tests);
    void runById(item, said);
    await said.ended;
    assert.deepEqual(
      said.states.filter((state) => !state.endsWith('started')),
      ['exits with 1: passed', 'exits with 0: failed', 'is too dear: failed'],
    );
    const [exit, dear] = said.messages.map(({ message }) => message as string);
    assert.match(exit!, /The exit code should be 0; it was 1/);
    assert.match(dear!, /fuel/);
  });

  it('stops at once when it is cancelled', async () => {
    const crateDir = folderWith('cancelled', {
      'Cargo.toml': cargoToml('cancelled'),
      'src/main.rs': 'fn main() { loop { std::thread::sleep(std::time::Duration::from_millis(1)) } }',
      [inputs]: JSON.stringify({ cases: [{ name: 'endless' }, { name: 'never' }] }),
    });
    const item = await crateItem(crateDir);
    const said = recordRun(tests);
    void runById(item, said);
    await until(() => said.states.includes('endless: started'));
    // The window may learn of the run a moment after it began; until then there is nothing for it to cancel.
    const cancelling = setInterval(() => void vscode.commands.executeCommand('testing.cancelRun'), 300);
    await said.ended.finally(() => clearInterval(cancelling));
    assert.deepEqual(said.states.slice(-2), ['endless: skipped', 'never: skipped']);
    assert.equal(item.children.size, 2);
  });
});
