import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { cargoToml, crateWith, folderWith, until, workbench } from './support.ts';

/** The exit code of a task, once it ends. */
function nextEnd(name: string): Promise<number | undefined> {
  return new Promise((done) => {
    const listener = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
      if (execution.task.name !== name) return;
      listener.dispose();
      done(exitCode);
    });
  });
}

/** Runs a task to its end and returns its exit code. */
async function finish(task: vscode.Task): Promise<number | undefined> {
  const ended = nextEnd(task.name);
  await vscode.tasks.executeTask(task);
  return ended;
}

/** Makes these the tasks of the workspace's tasks.json; the editor takes them over some time later. */
function writeTasks(tasks: readonly object[]): void {
  folderWith('.vscode', { 'tasks.json': JSON.stringify({ version: '2.0.0', tasks }) });
}

/** A task once the editor knows it. */
async function configured(name: string): Promise<vscode.Task | undefined> {
  return (await vscode.tasks.fetchTasks()).find((task) => task.name === name);
}

async function taskNamed(name: string): Promise<vscode.Task> {
  const tasks = await vscode.tasks.fetchTasks();
  const task = tasks.find((each) => each.name === name);
  assert.ok(task, `${name} is none of ${tasks.map((each) => each.name).join(', ')}`);
  return task;
}

describe('build tasks', () => {
  before(workbench);

  it('are offered for each program and target, in the build group', async () => {
    folderWith('tasked', {
      'Cargo.toml': cargoToml('tasked'),
      'src/main.rs': 'fn main() {}',
      'src/bin/second.rs': 'fn main() {}',
      'examples/demo.rs': 'fn main() {}',
    });
    const tasks = await vscode.tasks.fetchTasks({ type: 'wasi' });
    const own = tasks.filter(({ definition }) => definition['crate'] === 'tasked');
    const offered = own.map(({ definition: { bin, example, target } }) =>
      [bin ?? `example ${String(example)}`, target].join(' '),
    );
    assert.deepEqual(offered.sort(), [
      'example demo wasm32-wasip1',
      'example demo wasm32-wasip2',
      'second wasm32-wasip1',
      'second wasm32-wasip2',
      'tasked wasm32-wasip1',
      'tasked wasm32-wasip2',
    ]);
    assert.ok(tasks.every(({ group }) => group?.id === vscode.TaskGroup.Build.id));
    const bare = tasks.filter(({ definition }) => definition['crate'] === 'checksum');
    assert.deepEqual(
      bare.map(({ definition }) => definition['target'] as string),
      ['wasm32-unknown-unknown'],
    );
  });

  it('build, from tasks.json with what it depends on', async () => {
    crateWith('depended', 'fn main() {}');
    writeTasks([
      { type: 'wasi', crate: '${workspaceFolder}/depended', label: 'first', target: 'wasm32-wasip1' },
      { type: 'wasi', crate: 'depended', label: 'second', profile: 'dev', dependsOn: 'first' },
    ]);
    const ended: string[] = [];
    const listener = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) =>
      ended.push(`${execution.task.name}: ${String(exitCode)}`),
    );
    await finish(await until(() => configured('second')));
    listener.dispose();
    assert.deepEqual(ended, ['first: 0', 'second: 0']);
    const built = process.env['CARGO_TARGET_DIR']!;
    assert.ok(existsSync(join(built, 'wasm32-wasip1', 'release', 'depended.wasm')));
    assert.ok(existsSync(join(built, 'wasm32-wasip2', 'debug', 'depended.wasm')));
  });

  it('take from tasks.json as little as a crate, and say what is wrong there', async () => {
    crateWith('resolved', 'fn main() {}');
    // None that is offered is defined like them, so the editor has them resolved.
    writeTasks([
      { type: 'wasi', crate: 'resolved', label: 'a crate alone' },
      { type: 'wasi', crate: 'resolved', label: 'a wrong target', target: 'wasm99' },
    ]);
    const { definition, group } = await until(() => configured('a crate alone'));
    assert.deepEqual([definition['crate'], definition['target']], ['resolved', undefined]);
    assert.equal(group?.id, vscode.TaskGroup.Build.id);
    assert.equal(await finish(await taskNamed('a crate alone')), 0);
    assert.ok(
      existsSync(join(process.env['CARGO_TARGET_DIR']!, 'wasm32-wasip2', 'release', 'resolved.wasm')),
    );
    assert.equal(await finish(await taskNamed('a wrong target')), 1);
  });

  it('are what Run Build Task runs, where one is the default', async () => {
    crateWith('by-default', 'fn main() {}');
    writeTasks([
      {
        type: 'wasi',
        crate: 'by-default',
        label: 'the default build',
        group: { kind: 'build', isDefault: true },
      },
    ]);
    await until(() => configured('the default build'));
    const ended = nextEnd('the default build');
    await vscode.commands.executeCommand('workbench.action.tasks.build');
    assert.equal(await ended, 0);
  });

  it('come before a debug session, which a failed one keeps from starting', async () => {
    crateWith('launched', 'fn main() {}');
    crateWith('unlaunched', 'fn main() { no }');
    writeTasks([
      { type: 'wasi', crate: 'launched', label: 'before launch' },
      { type: 'wasi', crate: 'unlaunched', label: 'fails before launch' },
    ]);
    await until(() => configured('fails before launch'));
    const events: string[] = [];
    const listeners = vscode.Disposable.from(
      vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) =>
        events.push(`${execution.task.name}: ${String(exitCode)}`),
      ),
      vscode.debug.onDidStartDebugSession(({ name }) => events.push(`${name} started`)),
    );
    const debugging = vscode.workspace.getConfiguration('debug');
    await debugging.update('onTaskErrors', 'abort', vscode.ConfigurationTarget.Global);
    const [folder] = vscode.workspace.workspaceFolders!;
    const start = (name: string, preLaunchTask: string) =>
      vscode.debug.startDebugging(folder, {
        type: 'wasi-workbench-test',
        request: 'launch',
        name,
        preLaunchTask,
      });
    assert.equal(await start('session', 'before launch'), true);
    await until(() => events.includes('session started'));
    await vscode.debug.stopDebugging();
    assert.equal(await start('none', 'fails before launch'), false);
    // The editor may give up before it tells that the task has ended.
    await until(() => events.includes('fails before launch: 1'));
    listeners.dispose();
    await debugging.update('onTaskErrors', undefined, vscode.ConfigurationTarget.Global);
    assert.deepEqual(events, ['before launch: 0', 'session started', 'fails before launch: 1']);
  });

  it('fail with the problems of the crate', async () => {
    const crateDir = crateWith('failing', 'fn main() { let x: u32 = "text"; }');
    assert.equal(await finish(await taskNamed('build failing for wasm32-wasip2')), 1);
    const source = vscode.Uri.file(join(crateDir, 'src', 'main.rs'));
    const errors = vscode.languages
      .getDiagnostics(source)
      .filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
    assert.equal(errors.length, 1);
  });

  it('end with all their processes when they are terminated', async () => {
    const crateDir = folderWith('lasting', {
      'Cargo.toml': cargoToml('lasting'),
      'src/main.rs': 'fn main() {}',
      'build.rs': `fn main() {
        for beat in 0.. {
          std::fs::write("beat", beat.to_string()).unwrap();
          std::thread::sleep(std::time::Duration::from_millis(20));
        }
      }`,
    });
    const task = await taskNamed('build lasting for wasm32-wasip2');
    const execution = await vscode.tasks.executeTask(task);
    const beat = join(crateDir, 'beat');
    await until(() => existsSync(beat) && statSync(beat).size > 0);
    execution.terminate();
    await until(async () => {
      const before = readFileSync(beat, 'utf8');
      await new Promise((next) => setTimeout(next, 500));
      return readFileSync(beat, 'utf8') === before;
    });
  });
});
