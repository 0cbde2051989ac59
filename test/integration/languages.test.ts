import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { folderWith, open, until, workbench } from './support.ts';

const wat = `(module ;; a comment (i32
  (; block (; nested ;) (func ;)
  (func $add (export "add(") (param $a i32) (result i32)
    local.get $a
    (block $out
      (br_if $out (i32.const -0x1f)))
    i32.load offset=4))
`;

const wit = `package demo:math@0.1.0;
/// Adds {
interface adder {
  use wasi:io/streams@0.2.0.{output-stream};
  record pair { left: u32, %type: list<string> }
  add: func(of: pair) -> result<u32, string>;
}
`;

async function opened(name: string, source: string): Promise<string> {
  const folder = folderWith('languages', { [name]: source });
  return (await open(join(folder, name))).document.languageId;
}

async function commented(): Promise<string> {
  const editor = vscode.window.activeTextEditor!;
  editor.selection = new vscode.Selection(2, 3, 2, 3);
  await vscode.commands.executeCommand('editor.action.commentLine');
  const text = editor.document.lineAt(2).text;
  await vscode.commands.executeCommand('editor.action.commentLine');
  return text;
}

async function bracketOf(text: string): Promise<string> {
  const editor = vscode.window.activeTextEditor!;
  const at = editor.document.positionAt(editor.document.getText().indexOf(text));
  editor.selection = new vscode.Selection(at, at);
  await vscode.commands.executeCommand('editor.action.jumpToBracket');
  const { active } = editor.selection;
  return `${active.line}:${active.character}`;
}

/** Lines that can be seen once everything is folded. */
async function foldedLines(): Promise<number[]> {
  await vscode.commands.executeCommand('editor.foldAll');
  const editor = vscode.window.activeTextEditor!;
  return until(() => {
    const lines = editor.visibleRanges.map(({ start }) => start.line);
    return lines.length > 1 && lines;
  });
}

describe('WAT and WIT', () => {
  before(workbench);

  it('fold by their blocks', async () => {
    await opened('folded.wat', '(module\n  (func $a\n    nop\n  )\n  (func $b\n    nop\n  )\n)\n(module)\n');
    assert.deepEqual(await foldedLines(), [0, 7]);
    await opened(
      'folded.wit',
      'package a:b;\n\ninterface c {\n  d: func();\n  e: func();\n}\n\nworld f {\n  import c;\n}\n',
    );
    assert.deepEqual(await foldedLines(), [0, 5, 9]);
  });

  it('WAT has comments, and brackets that those in comments and strings leave alone', async () => {
    assert.equal(await opened('a.wat', wat), 'wat');
    assert.equal(await commented(), '  ;; (func $add (export "add(") (param $a i32) (result i32)');
    await until(async () => (await bracketOf('(module')) === '6:22');
  });

  it('WIT has comments, and brackets that those in comments leave alone', async () => {
    assert.equal(await opened('a.wit', wit), 'wit');
    assert.equal(await commented(), '// interface adder {');
    await until(async () => (await bracketOf('{\n  use')) === '6:0');
  });
});
