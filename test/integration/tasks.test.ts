import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { cargoToml, crateWith, folderWith, until, workbench } from './support.ts';

/** Runs a task to its end and returns its exit code. */
async function finish(task: vscode.Task): Promise<number | undefined> {
  const ended = new Promise<number | undefined>((done) => {
    const listener = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
      if (execution.task.name !== task.name) return;
      listener.dispose();
      done(exitCode);
    });
  });
  await vscode.tasks.executeTask(task);
  return ended;
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
    folderWith('.vscode', {
      'tasks.json': JSON.stringify({
        version: '2.0.0',
        tasks: [
          { type: 'wasi', crate: '${workspaceFolder}/depended', label: 'first', target: 'wasm32-wasip1' },
          {
            type: 'wasi',
            crate: 'depended',
            label: 'second',
            profile: 'dev',
            dependsOn: 'first',
          },
        ],
      }),
    });
    const ended: string[] = [];
    const listener = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) =>
      ended.push(`${execution.task.name}: ${String(exitCode)}`),
    );
    const second = await until(async () =>
      (await vscode.tasks.fetchTasks()).find(({ name }) => name === 'second'),
    );
    await finish(second);
    listener.dispose();
    assert.deepEqual(ended, ['first: 0', 'second: 0']);
    const built = process.env['CARGO_TARGET_DIR']!;
    assert.ok(existsSync(join(built, 'wasm32-wasip1', 'release', 'depended.wasm')));
    assert.ok(existsSync(join(built, 'wasm32-wasip2', 'debug', 'depended.wasm')));
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
