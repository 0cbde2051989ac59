import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { commands } from '../../src/editor/manifest/commands.ts';
import type { WorkbenchApi } from '../../src/editor/workbenchApi.ts';
import { decodeUtf8 } from '../../src/shared/text.ts';
import { crateWith, open, planOf, until, workbench, workspaceFolder } from './support.ts';

describe('running', () => {
  let api: WorkbenchApi;
  before(async () => {
    api = await workbench();
  });

  it('builds an example, gives it a file as input, and tells output and fuel', async () => {
    const crateDir = join(workspaceFolder(), 'word-count');
    const manifest = readFileSync(join(crateDir, 'Cargo.toml'), 'utf8');
    const name = /^name = "(.+)"/m.exec(manifest)![1]!;
    const input = { kind: 'file', path: join(crateDir, 'input.json') } as const;
    const { result, error } = await api.run(planOf(crateDir, name, input));
    assert.equal(error, null);
    assert.equal(result!.success, true);
    assert.equal(typeof JSON.parse(decodeUtf8(result!.output)), 'object');
    assert.ok(result!.fuel > 0 && result!.peakMemoryBytes > 0);
    assert.deepEqual(api.shownRun()!.phase, { kind: 'done' });
    assert.equal(api.shownRun()!.outcome!.measures!.fuel, result!.fuel);
  });

  it('passes text as it was typed', async () => {
    const crateDir = crateWith(
      'echo',
      'fn main() { print!("{}", std::io::read_to_string(std::io::stdin()).unwrap()) }',
    );
    const { result } = await api.run(planOf(crateDir, 'echo', { kind: 'text', text: 'zwölf ✓' }));
    assert.equal(decodeUtf8(result!.output), 'zwölf ✓');
  });

  it('saves the file that is being edited before it builds', async () => {
    const crateDir = crateWith('unsaved', 'fn main() { print!("old") }');
    const editor = await open(join(crateDir, 'src', 'main.rs'));
    const { document } = editor;
    const at = document.positionAt(document.getText().indexOf('old'));
    await editor.edit((edit) => edit.replace(new vscode.Range(at, at.translate(0, 3)), 'new'));
    assert.equal(document.isDirty, true);
    const { result, error } = await api.run(planOf(crateDir, 'unsaved'));
    assert.equal(error, null);
    assert.equal(decodeUtf8(result!.output), 'new');
    assert.equal(document.isDirty, false);
  });

  it('stops an endless loop, and runs the next program', async () => {
    const crateDir = crateWith(
      'endless',
      'fn main() { loop { std::thread::sleep(std::time::Duration::from_millis(1)) } }',
    );
    const running = api.run(planOf(crateDir, 'endless'));
    await until(() => api.shownRun()?.program === 'endless' && api.shownRun()?.phase.kind === 'running');
    await vscode.commands.executeCommand(commands.stop.id);
    const { error } = await running;
    assert.equal(error!.code, 'stopped');
    const next = crateWith('after', 'fn main() { print!("still here") }');
    assert.equal(decodeUtf8((await api.run(planOf(next, 'after'))).result!.output), 'still here');
  });

  it('ends the run before it when another is asked for', async () => {
    const crateDir = crateWith(
      'replaced',
      'fn main() { loop { std::thread::sleep(std::time::Duration::from_millis(1)) } }',
    );
    const first = api.run(planOf(crateDir, 'replaced'));
    await until(() => api.shownRun()?.program === 'replaced' && api.shownRun()?.phase.kind === 'running');
    const next = crateWith('replacing', 'fn main() { print!("second") }');
    const second = await api.run(planOf(next, 'replacing'));
    assert.equal((await first).error!.code, 'stopped');
    assert.equal(decodeUtf8(second.result!.output), 'second');
    assert.equal(api.shownRun()!.program, 'replacing');
  });

  it('stops a build as well', async () => {
    const crateDir = crateWith('slow', 'fn main() {}');
    const running = api.run(planOf(crateDir, 'slow'));
    api.stop();
    assert.ok(['build-cancelled', 'stopped'].includes((await running).error!.code));
  });

  it('tells a panic in its own words, with the output before it', async () => {
    const crateDir = crateWith('panics', 'fn main() { println!("so far"); panic!("the reason") }');
    const { result, error } = await api.run(planOf(crateDir, 'panics'));
    assert.equal(error!.code, 'panic');
    assert.match(decodeUtf8(result!.stderr), /the reason/);
    assert.equal(decodeUtf8(result!.output), 'so far\n');
    assert.equal(api.shownRun()!.outcome!.success, false);
  });

  it('says what an input file lacks', async () => {
    const crateDir = crateWith('echo', 'fn main() {}');
    const input = { kind: 'file', path: join(crateDir, 'no such file') } as const;
    assert.equal((await api.run(planOf(crateDir, 'echo', input))).error!.code, 'file-not-found');
  });
});
