import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { cargoToml, crateWith, folderWith, open, planOf, until, workbench } from './support.ts';

const meantForWasi = '[package.metadata.wasi-workbench]\nprofile = "wasi"\n';
const outlayer = '[package.metadata.wasi-workbench]\nprofile = "outlayer"\n';

describe('checks', () => {
  it('find that a library can’t be run, and a quick fix makes a program that builds and runs', async () => {
    const api = await workbench();
    const crateDir = folderWith('only-lib', {
      'Cargo.toml': cargoToml(
        'only-lib',
        `${meantForWasi}\n# what C calls\n[lib]\ncrate-type = ["cdylib"]\n`,
      ),
      'src/lib.rs': 'pub fn shout(text: &str) -> String {\n    text.to_uppercase()\n}\n',
    });
    const { document } = await open(join(crateDir, 'Cargo.toml'));
    const problem = await until(() => problemsOf(document.uri, 'wasi/missing-start')[0]);
    assert.equal(problem.severity, vscode.DiagnosticSeverity.Error);
    assert.equal(document.getText(problem.range), '["cdylib"]');

    await apply(document.uri, problem, /Make it a program/);
    await until(() => problemsOf(document.uri, 'wasi/missing-start').length === 0);
    assert.match(document.getText(), /# what C calls/);
    const input = { kind: 'text', text: 'ada' } as const;
    const { error, result } = await api.run(planOf(crateDir, 'only-lib', input));
    assert.equal(error, null);
    assert.equal(new TextDecoder().decode(result!.output), 'ADA\n');

    // One undo takes all of it back.
    assert.ok(existsSync(join(crateDir, 'src', 'main.rs')));
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
    await until(() => document.getText().includes('"cdylib"'));
    await until(() => !existsSync(join(crateDir, 'src', 'main.rs')));
    // The editor refuses to save for a moment after it has undone what was done to files.
    while (document.isDirty) await document.save();
  });

  it('follow what is typed, and mend process::exit(0) in a crate for the worker', async () => {
    const crateDir = folderWith('exits', {
      'Cargo.toml': cargoToml('exits', outlayer),
      'src/main.rs': 'fn main() {\n    println!("1");\n}\n',
    });
    const editor = await open(join(crateDir, 'src', 'main.rs'));
    const { document } = editor;
    await editor.edit((edit) => edit.insert(new vscode.Position(2, 0), '    std::process::exit(0);\n'));
    const problem = await until(() => problemsOf(document.uri, 'wasi/exit-zero')[0]);
    await apply(document.uri, problem, /./);
    await until(() => problemsOf(document.uri, 'wasi/exit-zero').length === 0);
    assert.doesNotMatch(document.getText(), /exit/);
    while (document.isDirty) await document.save();
  });

  it('show a panic where it happened, until it is mended', async () => {
    const api = await workbench();
    const crateDir = folderWith('panics', {
      'Cargo.toml': cargoToml('panics', '[profile.release]\ndebug = "line-tables-only"\n'),
      'src/main.rs': 'fn main() {\n    let all: Vec<u8> = Vec::new();\n    println!("{}", all[0]);\n}\n',
    });
    const { document } = await open(join(crateDir, 'src', 'main.rs'));
    const { error } = await api.run(planOf(crateDir, 'panics'));
    assert.equal(error!.code, 'panic', error!.message);
    const problem = await until(() => problemsOf(document.uri, 'wasi/panic')[0]);
    assert.equal(problem.range.start.line, 2);
    await open(document.uri.fsPath).then((editor) =>
      editor.edit((edit) => edit.replace(document.lineAt(2).range, '    println!("{}", all.len());')),
    );
    await until(() => problemsOf(document.uri, 'wasi/panic').length === 0);
    assert.equal((await api.run(planOf(crateDir, 'panics'))).error, null);
  });

  it('keep a variable that a run lacked in its saved case, after which it runs', async () => {
    const api = await workbench();
    const crateDir = folderWith('lacks', {
      'Cargo.toml': cargoToml('lacks', '[profile.release]\ndebug = "line-tables-only"\n'),
      'src/main.rs': 'fn main() {\n    println!("{}", std::env::var("KEY").unwrap());\n}\n',
    });
    const { document } = await open(join(crateDir, 'src', 'main.rs'));
    assert.equal((await api.run(planOf(crateDir, 'lacks'))).error!.code, 'panic');
    await until(() => problemsOf(document.uri, 'wasi/env-missing')[0]);
    const action = { kind: 'set-environment', name: 'KEY', file: document.uri.fsPath };
    await vscode.commands.executeCommand('wasi-workbench.applyFixAction', action, action.file, 'kept');
    const inputs = readFileSync(join(crateDir, '.wasi-workbench', 'inputs.json'), 'utf8');
    assert.match(inputs, /"KEY": "kept"/);
    const { result } = await api.run(planOf(crateDir, 'lacks', { kind: 'case', name: 'default' }));
    assert.equal(new TextDecoder().decode(result!.output), 'kept\n');
    await until(() => problemsOf(document.uri, 'wasi/env-missing').length === 0);
  });

  it('build a program that speaks wasi:http for wasm32-wasip2, whatever ran last', async () => {
    const api = await workbench();
    const other = crateWith('ran-before', 'fn main() {\n    println!("not this");\n}\n');
    await vscode.commands.executeCommand(
      'wasi-workbench.run',
      vscode.Uri.file(join(other, 'src', 'main.rs')),
    );
    assert.equal(api.lastRun()?.plan.runnable.name, 'ran-before');

    // By its name a client over wasi:http; what is in it is nothing to the rule.
    const crateDir = folderWith('speaks-http', {
      'Cargo.toml': cargoToml('speaks-http', '\n[dependencies]\nwaki = { path = "waki" }\n'),
      '.cargo/config.toml': '[build]\ntarget = "wasm32-wasip1"\n',
      'src/main.rs':
        'fn main() {\n    println!("{} {}", waki::get(), cfg!(all(target_os = "wasi", target_env = "p2")));\n}\n',
      'waki/Cargo.toml': cargoToml('waki'),
      'waki/src/lib.rs': 'pub fn get() -> &\'static str {\n    "got"\n}\n',
    });
    const { document } = await open(join(crateDir, 'Cargo.toml'));
    const problem = await until(() => problemsOf(document.uri, 'wasi/http-needs-p2')[0]);
    assert.equal(document.getText(problem.range), 'waki');
    const actions = await quickFixes(document.uri, problem);
    const { command } = actions.find(({ title }) => title === 'Build and run for wasm32-wasip2')!;
    await vscode.commands.executeCommand(command!.command, ...(command!.arguments as unknown[]));

    const { plan, result, error } = api.lastRun()!;
    assert.equal(error, null);
    assert.deepEqual([plan.crateDir, plan.target], [crateDir, 'wasm32-wasip2']);
    assert.equal(result!.format, 'p2');
    assert.equal(new TextDecoder().decode(result!.output), 'got true\n');
  });

  it('forget what was found in a file that is deleted', async () => {
    await workbench();
    const crateDir = folderWith('deleted', {
      'Cargo.toml': cargoToml('deleted', outlayer),
      'src/main.rs': 'mod part;\n\nfn main() {\n    println!("{}", part::one());\n}\n',
      'src/part.rs': 'pub fn one() -> u8 {\n    std::process::exit(0)\n}\n',
    });
    await open(join(crateDir, 'src', 'main.rs'));
    const part = vscode.Uri.file(join(crateDir, 'src', 'part.rs'));
    await until(() => problemsOf(part, 'wasi/exit-zero')[0]);
    const deletion = new vscode.WorkspaceEdit();
    deletion.deleteFile(part);
    assert.ok(await vscode.workspace.applyEdit(deletion));
    await until(() => vscode.languages.getDiagnostics(part).length === 0);
  });

  it('say nothing a second time that the compiler says, and the other way round', async () => {
    const api = await workbench();
    const crateDir = folderWith('exports', {
      'Cargo.toml': cargoToml('exports', outlayer),
      'src/main.rs':
        '#[no_mangle]\npub extern "C" fn twice(x: u32) -> u32 {\n    x * 2\n}\n\nfn main() {\n    println!("1");\n}\n',
    });
    const { document } = await open(join(crateDir, 'src', 'main.rs'));
    await until(() => problemsOf(document.uri, 'wasi/unsafe-attribute').length > 0);
    assert.equal((await api.run(planOf(crateDir, 'exports'))).error!.code, 'build-failed');
    // Both have spoken once the checks have heard of the build.
    await new Promise((next) => setTimeout(next, 1000));
    const [finding, ...others] = allProblems(crateDir);
    assert.deepEqual(others.map(describeProblem), []);
    assert.equal(codeOf(finding![1]), 'wasi/unsafe-attribute');
    await apply(document.uri, finding![1], /./);
    await until(() => allProblems(crateDir).length === 0);
    assert.equal((await api.run(planOf(crateDir, 'exports'))).error, null);
    assert.deepEqual(allProblems(crateDir).map(describeProblem), []);
  });

  it('leave compiler errors to the compiler', async () => {
    const api = await workbench();
    const crateDir = folderWith('mistyped', {
      'Cargo.toml': cargoToml('mistyped'),
      'src/main.rs': 'fn main() {\n    let x: u32 = "text";\n    println!("{x}");\n}\n',
    });
    await open(join(crateDir, 'src', 'main.rs'));
    assert.equal((await api.run(planOf(crateDir, 'mistyped'))).error!.code, 'build-failed');
    await until(() => allProblems(crateDir).length > 0);
    await new Promise((next) => setTimeout(next, 1000));
    assert.deepEqual(
      allProblems(crateDir).map(([, { source }]) => source),
      ['cargo'],
    );
  });

  it('go on after their process was killed', async () => {
    const api = await workbench();
    const crateDir = folderWith('killed', {
      'Cargo.toml': cargoToml('killed', outlayer),
      'src/main.rs': 'fn main() {\n    println!("1");\n}\n',
    });
    const editor = await open(join(crateDir, 'src', 'main.rs'));
    const typed = new vscode.Range(2, 0, 3, 0);
    const exits = '    std::process::exit(0);\n';
    await editor.edit((edit) => edit.insert(typed.start, exits));
    await until(() => problemsOf(editor.document.uri, 'wasi/exit-zero')[0]);
    const before = await untilServer(api.serverProcess, undefined);
    process.kill(before, 'SIGKILL');
    const after = await untilServer(api.serverProcess, before);
    assert.notEqual(after, before);
    await editor.edit((edit) => edit.delete(typed));
    await until(() => problemsOf(editor.document.uri, 'wasi/exit-zero').length === 0);
    await editor.edit((edit) => edit.insert(typed.start, exits));
    await until(() => problemsOf(editor.document.uri, 'wasi/exit-zero')[0]);
  });

  it('open the page of a rule', async () => {
    await workbench();
    const extension = vscode.extensions.getExtension('wasi-workbench.wasi-workbench')!;
    const page = vscode.Uri.joinPath(extension.extensionUri, 'docs', 'diagnostics', 'missing-start.md');
    assert.match(readFileSync(page.fsPath, 'utf8'), /^# /);
  });
});

function problemsOf(uri: vscode.Uri, code: string): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter((problem) => codeOf(problem) === code);
}

function allProblems(folder: string): [vscode.Uri, vscode.Diagnostic][] {
  return vscode.languages
    .getDiagnostics()
    .filter(([uri]) => uri.fsPath.startsWith(folder))
    .flatMap(([uri, found]) => found.map((each): [vscode.Uri, vscode.Diagnostic] => [uri, each]));
}

function describeProblem([uri, problem]: [vscode.Uri, vscode.Diagnostic]): string {
  return `${uri.fsPath} ${String(codeOf(problem))} ${problem.message}`;
}

function codeOf({ code }: vscode.Diagnostic): string | number | undefined {
  return typeof code === 'object' ? code.value : code;
}

/** Applies a problem's first quick fix whose title matches, as a click on the lightbulb would. */
async function apply(uri: vscode.Uri, problem: vscode.Diagnostic, title: RegExp): Promise<void> {
  const actions = await quickFixes(uri, problem);
  const action = actions.find((each) => title.test(each.title) && each.edit !== undefined);
  assert.ok(action, `a fix like ${String(title)} among ${actions.map((each) => each.title).join(', ')}`);
  assert.ok(await vscode.workspace.applyEdit(action.edit!));
}

/** What the lightbulb of a problem offers. */
async function quickFixes(uri: vscode.Uri, { range }: vscode.Diagnostic): Promise<vscode.CodeAction[]> {
  return vscode.commands.executeCommand(
    'vscode.executeCodeActionProvider',
    uri,
    range,
    vscode.CodeActionKind.QuickFix.value,
    100,
  );
}

async function untilServer(
  process: () => Promise<number | undefined>,
  other: number | undefined,
): Promise<number> {
  for (;;) {
    const pid = await process();
    if (pid !== undefined && pid !== other) return pid;
    await new Promise((next) => setTimeout(next, 100));
  }
}
