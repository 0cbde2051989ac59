import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import assert from 'node:assert/strict';
import { rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic, TextDocumentEdit } from 'vscode-languageserver';
import { TestEditor } from './testEditor.ts';

const manifest = (more = '') => `[package]\nname = "sample"\nversion = "0.1.0"\nedition = "2024"\n${more}`;
const outlayer = manifest('[package.metadata.wasi-workbench]\nprofile = "outlayer"\n');
const exiting = 'fn main() {\n    println!("1");\n    std::process::exit(0);\n}\n';
const quiet = 'fn main() {\n    println!("1");\n}\n';

describe('language server', () => {
  let editor: TestEditor;

  const openedWith = async (files: Readonly<Record<string, string>>, name: string) => {
    editor = await TestEditor.open(files);
    editor.openDocument(name, files[name]!);
  };
  const named = (name: string, code: string): Diagnostic =>
    editor.diagnostics(name).find((diagnostic) => diagnostic.code === code)!;

  afterEach(() => editor.close());

  it('finds mistakes in an opened crate, each with its code, source and page', async () => {
    await openedWith({ 'Cargo.toml': outlayer, 'src/main.rs': exiting }, 'src/main.rs');
    await editor.until(() => editor.codes('src/main.rs').includes('wasi/exit-zero'));
    const { range, source, codeDescription } = named('src/main.rs', 'wasi/exit-zero');
    assert.equal(range.start.line, 2);
    assert.equal(source, 'wasi-workbench');
    assert.equal(
      codeDescription!.href,
      'vscode-insiders://wasi-workbench.wasi-workbench/diagnostics/exit-zero',
    );
  });

  it('follows what is typed, before it is saved', async () => {
    await openedWith({ 'Cargo.toml': outlayer, 'src/main.rs': quiet }, 'src/main.rs');
    editor.type('src/main.rs', exiting);
    await editor.until(() => editor.codes('src/main.rs').includes('wasi/exit-zero'));
    editor.type('src/main.rs', quiet);
    await editor.until(() => !editor.codes('src/main.rs').includes('wasi/exit-zero'));
  });

  it('finds mistakes in files of the crate that are not open, and forgets them with the file', async () => {
    const main = 'mod part;\nfn main() {\n    println!("{}", part::number());\n}\n';
    const part = 'pub fn number() -> u8 {\n    std::process::exit(0)\n}\n';
    await openedWith({ 'Cargo.toml': outlayer, 'src/main.rs': main, 'src/part.rs': part }, 'src/main.rs');
    await editor.until(() => editor.codes('src/part.rs').includes('wasi/exit-zero'));
    rmSync(editor.path('src/part.rs'));
    editor.notify('workspace/didChangeWatchedFiles', {
      changes: [{ uri: editor.uri('src/part.rs'), type: 3 }],
    });
    await editor.until(() => editor.codes('src/part.rs').length === 0);
  });

  it('says nothing again of files in which nothing has changed', async () => {
    const main = `mod part;\n${exiting}`;
    const part = 'pub fn number() -> u8 {\n    std::process::exit(0)\n}\n';
    await openedWith({ 'Cargo.toml': outlayer, 'src/main.rs': main, 'src/part.rs': part }, 'src/main.rs');
    await editor.until(() => editor.codes('src/part.rs').includes('wasi/exit-zero'));
    editor.published.length = 0;
    editor.type('src/main.rs', `\n${main}`);
    await editor.until(() => editor.diagnostics('src/main.rs')[0]?.range.start.line === 4);
    assert.deepEqual(editor.published, [editor.uri('src/main.rs')]);
    editor.write({ 'src/part.rs': `\n${part}` });
    editor.notify('workspace/didChangeWatchedFiles', {
      changes: [{ uri: editor.uri('src/part.rs'), type: 2 }],
    });
    await editor.until(() => editor.diagnostics('src/part.rs')[0]?.range.start.line === 2);
  });

  it('leaves the sources of dependencies alone', async () => {
    const own = { 'Cargo.toml': outlayer, 'src/main.rs': exiting };
    const registry = 'registry/src/index.crates.io-1949cf8c6b5b557f/other-1.0.0/';
    const other = { [`${registry}Cargo.toml`]: outlayer, [`${registry}src/main.rs`]: exiting };
    editor = await TestEditor.open({ ...own, ...other });
    editor.openDocument(`${registry}src/main.rs`, exiting);
    editor.openDocument('src/main.rs', exiting);
    await editor.until(() => editor.codes('src/main.rs').includes('wasi/exit-zero'));
    assert.deepEqual(editor.codes(`${registry}src/main.rs`), []);
  });

  it('goes by the setting of a rule', async () => {
    await openedWith({ 'Cargo.toml': outlayer, 'src/main.rs': exiting }, 'src/main.rs');
    await editor.until(() => editor.codes('src/main.rs').includes('wasi/exit-zero'));
    editor.settings = { diagnostics: { 'exit-zero': 'hint' } };
    editor.notify('workspace/didChangeConfiguration', { settings: null });
    await editor.until(() => named('src/main.rs', 'wasi/exit-zero').severity === 3);
    editor.settings = { diagnostics: { 'exit-zero': 'off' } };
    editor.notify('workspace/didChangeConfiguration', { settings: null });
    await editor.until(() => !editor.codes('src/main.rs').includes('wasi/exit-zero'));
  });

  it('has the setting say the profile where the crate does not', async () => {
    editor = await TestEditor.open({ 'Cargo.toml': manifest(), 'src/main.rs': exiting });
    editor.settings = { profileKind: 'outlayer' };
    editor.openDocument('src/main.rs', exiting);
    await editor.until(() => editor.codes('src/main.rs').includes('wasi/exit-zero'));
  });

  it('makes a program of a library as one edit that creates its files', async () => {
    const files = {
      'Cargo.toml': manifest('\n[lib]\ncrate-type = ["cdylib"]\n'),
      'src/lib.rs': 'pub fn f() {}\n',
    };
    await openedWith(files, 'Cargo.toml');
    await editor.until(() => editor.codes('Cargo.toml').includes('wasi/missing-start'));
    const [action] = await editor.actions('Cargo.toml', named('Cargo.toml', 'wasi/missing-start'));
    assert.equal(action!.isPreferred, true);
    assert.equal(action!.diagnostics![0]!.code, 'wasi/missing-start');
    const { documentChanges } = await editor.edit(action!);
    const kinds = documentChanges!.map((change) => ('kind' in change ? change.kind : 'edit'));
    assert.deepEqual(kinds, ['edit', 'create', 'edit']);
    const [toml, created, text] = documentChanges as [TextDocumentEdit, { uri: string }, TextDocumentEdit];
    assert.deepEqual(toml.textDocument, { uri: editor.uri('Cargo.toml'), version: 1 });
    assert.equal(created.uri, editor.uri('src/main.rs'));
    assert.deepEqual(text.textDocument, { uri: editor.uri('src/main.rs'), version: null });
  });

  it('refuses a fix once a file that it changes, or would make, is another', async () => {
    const files = {
      'Cargo.toml': manifest('\n[lib]\ncrate-type = ["cdylib"]\n'),
      'src/lib.rs': 'pub fn f() {}\n',
    };
    await openedWith(files, 'Cargo.toml');
    await editor.until(() => editor.codes('Cargo.toml').includes('wasi/missing-start'));
    const [action] = await editor.actions('Cargo.toml', named('Cargo.toml', 'wasi/missing-start'));

    editor.write({ 'src/main.rs': quiet });
    await assert.rejects(editor.edit(action!), /main\.rs has changed since it was checked/);
    rmSync(editor.path('src/main.rs'));
    await editor.edit(action!);
    editor.type('Cargo.toml', `# a comment\n${files['Cargo.toml']}`);
    await assert.rejects(editor.edit(action!), /Cargo\.toml has changed since it was checked/);
    assert.equal(editor.messages.length, 2);
  });

  it('makes all safe fixes of a file at once', async () => {
    const twice =
      'fn main() {\n    if true {\n        println!("1");\n        std::process::exit(0);\n    }\n    std::process::exit(0);\n}\n';
    await openedWith({ 'Cargo.toml': outlayer, 'src/main.rs': twice }, 'src/main.rs');
    await editor.until(
      () => editor.codes('src/main.rs').filter((code) => code === 'wasi/exit-zero').length === 2,
    );
    const finding = named('src/main.rs', 'wasi/exit-zero');
    assert.deepEqual(
      (await editor.actions('src/main.rs', finding, ['refactor'])).map(({ title }) => title),
      [],
    );
    const [action, ...others] = await editor.actions('src/main.rs', finding, ['source.fixAll']);
    assert.deepEqual(others, []);
    assert.equal(action!.kind, 'source.fixAll.wasi');
    const [change] = (await editor.edit(action!)).documentChanges as [TextDocumentEdit];
    assert.deepEqual(change.edits.map(({ range }) => range.start.line).sort(), [3, 5]);
  });

  it('explains how a run ended until its file is edited, or it ends otherwise', async () => {
    await openedWith({ 'Cargo.toml': manifest(), 'src/main.rs': quiet }, 'src/main.rs');
    const frame = { function: 'main', file: 'src/main.rs', line: 2, column: 5, module: null, offset: null };
    const error = {
      code: 'panic',
      message: 'The program panicked: boom.',
      cause: null,
      hint: null,
      actions: [],
      backtrace: [frame],
    };
    const run = { stderr: '', printed: true, notJson: null };
    const ends = (how: unknown) =>
      editor.notify('wasi-workbench/outcome', { crateDir: editor.folder, error: how, run });
    const shown = () => editor.codes('src/main.rs').includes('wasi/panic');

    ends(error);
    await editor.until(shown);
    assert.equal(named('src/main.rs', 'wasi/panic').range.start.line, 1);
    ends(null);
    await editor.until(() => !shown());
    ends(error);
    await editor.until(shown);
    editor.type('src/main.rs', `${quiet}// mended\n`);
    await editor.until(() => !shown());
  });

  it('says at main that a run printed nothing, and not of a build', async () => {
    await openedWith({ 'Cargo.toml': manifest(), 'src/main.rs': quiet }, 'src/main.rs');
    const run = { stderr: 'the result', printed: false, notJson: null };
    const ends = (how: unknown) =>
      editor.notify('wasi-workbench/outcome', { crateDir: editor.folder, error: null, run: how });
    ends(run);
    await editor.until(() => editor.codes('src/main.rs').includes('wasi/empty-output'));
    assert.match(named('src/main.rs', 'wasi/empty-output').message as string, /10 bytes to stderr/);
    ends(null);
    await editor.until(() => editor.codes('src/main.rs').length === 0);
  });

  it('says where an output stops being JSON, unless that is silenced', async () => {
    await openedWith({ 'Cargo.toml': manifest(), 'src/main.rs': quiet }, 'src/main.rs');
    const run = { stderr: '', printed: true, notJson: 'It stops being JSON at line 1.' };
    const ends = () => editor.notify('wasi-workbench/outcome', { crateDir: editor.folder, error: null, run });
    const shown = () => editor.codes('src/main.rs').includes('wasi/output-not-json');
    ends();
    await editor.until(shown);
    editor.type('src/main.rs', `// wasi-workbench: allow(wasi/output-not-json)\n${quiet}`);
    await editor.until(() => !shown());
    ends();
    editor.type('src/main.rs', `// wasi-workbench: allow(wasi/output-not-json)\n${exiting}`);
    await new Promise((next) => setTimeout(next, 300));
    assert.ok(!shown());
  });

  it('offers what only the editor can do as a command', async () => {
    await openedWith({ 'Cargo.toml': manifest(), 'src/main.rs': quiet }, 'src/main.rs');
    const raise = { kind: 'raise-limit', limit: 'maxInstructions' };
    const error = {
      code: 'out-of-fuel',
      message: 'Out of fuel.',
      cause: null,
      hint: null,
      actions: [raise],
      backtrace: [],
    };
    editor.notify('wasi-workbench/outcome', {
      crateDir: editor.folder,
      error,
      run: { stderr: '', printed: true, notJson: null },
    });
    await editor.until(() => editor.codes('src/main.rs').includes('wasi/out-of-fuel'));
    const [action] = await editor.actions('src/main.rs', named('src/main.rs', 'wasi/out-of-fuel'));
    assert.deepEqual(action!.command!.arguments, [raise, join(editor.folder, 'src', 'main.rs')]);
    assert.equal(action!.command!.command, 'wasi-workbench.applyFixAction');
  });

  it('says of a path of a .wasm file what the file is', async () => {
    const text = '// see out/empty.wasm\nfn main() {\n    println!("1");\n}\n';
    await openedWith(
      { 'Cargo.toml': manifest(), 'src/main.rs': text, 'out/empty.wasm': '\0asm\x01\0\0\0' },
      'src/main.rs',
    );
    const hover = await editor.hover('src/main.rs', { line: 0, character: 12 });
    assert.match((hover!.contents as { value: string }).value, /Core module.*8 B.*Imports nothing/s);
    assert.deepEqual(hover!.range, { start: { line: 0, character: 7 }, end: { line: 0, character: 21 } });
    assert.equal(await editor.hover('src/main.rs', { line: 0, character: 3 }), null);
  });

  it('says over fn main what the newest build is', async () => {
    const built = (profile: string) => `build/wasm32-wasip1/${profile}/sample.wasm`;
    const files = {
      'Cargo.toml': manifest(),
      'src/main.rs': quiet,
      '.cargo/config.toml': '[build]\ntarget-dir = "build"\n',
      [built('release')]: '\0asm\x01\0\0\0',
      [built('debug')]: '\0asm\x01\0\0\0',
    };
    await openedWith(files, 'src/main.rs');
    utimesSync(editor.path(built('release')), 1, 1);
    const hover = await editor.hover('src/main.rs', { line: 0, character: 4 });
    assert.match((hover!.contents as { value: string }).value, /^Last build: wasm32-wasip1, debug/);
  });

  it('checks .wasm files that it is told of', async () => {
    await openedWith(
      { 'Cargo.toml': manifest(), 'src/main.rs': quiet, 'other.wasm': '<html>' },
      'src/main.rs',
    );
    editor.notify('wasi-workbench/wasmFiles', { uris: [editor.uri('other.wasm')] });
    await editor.until(() => editor.codes('other.wasm').includes('wasi/unknown-format'));
    rmSync(editor.path('other.wasm'));
    editor.notify('workspace/didChangeWatchedFiles', {
      changes: [{ uri: editor.uri('other.wasm'), type: 3 }],
    });
    await editor.until(() => editor.codes('other.wasm').length === 0);
  });

  it('knows what the saved cases say of the worker, and what the settings do', async () => {
    const files = {
      'Cargo.toml': outlayer,
      'src/main.rs': quiet,
      '.cargo/config.toml': '[build]\ntarget-dir = "build"\n',
    };
    const built = 'build/wasm32-wasip2/release/sample.wasm';
    editor = await TestEditor.open(files);
    editor.write({ [built]: await parse('(component (import "near:rpc/api@0.1.0" (instance)))') });
    editor.openDocument('src/main.rs', quiet);
    const said = () => {
      const told = editor.diagnostics(built).filter(({ code }) => code === 'wasi/worker-interface');
      return told.map(({ message }) => message as string).join('\n');
    };
    const lacking = /A run here has no near:rpc\/api@0\.1\.0 yet\. .*"rpcUrl"/;
    await editor.until(() => lacking.test(said()));

    const inputs = '.wasi-workbench/inputs.json';
    const cases = (...outlayers: object[]) =>
      JSON.stringify({ cases: outlayers.map((each, n) => ({ name: `${n}`, outlayer: each })) });
    const saved = (text: string) => {
      editor.write({ [inputs]: text });
      editor.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: editor.uri(inputs), type: 2 }] });
    };
    saved(cases({}, { rpcUrl: 'https://rpc.testnet.near.org' }));
    await editor.until(() => said() !== '' && !lacking.test(said()));
    saved(cases({ sender: 'bob.testnet' }));
    await editor.until(() => lacking.test(said()));
    editor.settings = { outlayer: { rpcUrl: 'https://rpc.testnet.near.org' } };
    editor.notify('workspace/didChangeConfiguration', { settings: null });
    await editor.until(() => said() !== '' && !lacking.test(said()));
  });
});
