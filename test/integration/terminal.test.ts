import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { SourceLinks } from '../../src/editor/terminal/terminalLinks.ts';
import { crateWith, until, workbench } from './support.ts';

describe('links in terminals', () => {
  before(workbench);

  const opened = async (line: string, cwd?: string) => {
    const links = new SourceLinks();
    const terminal = { creationOptions: { cwd } } as unknown as vscode.Terminal;
    const [link] = links.provideTerminalLinks({ line, terminal });
    await links.handleTerminalLink(link!);
    const { document, selection } = vscode.window.activeTextEditor!;
    return [document.uri.fsPath, selection.active.line, selection.active.character];
  };

  it('open what a panic names, relative to the terminal, to a folder above it, or to a crate', async () => {
    const crateDir = crateWith('linked', 'mod only_here;\nfn main() {}\n');
    const path = join(crateDir, 'src', 'main.rs');
    assert.deepEqual(await opened('panicked at src/main.rs:2:4:', crateDir), [path, 1, 3]);
    assert.deepEqual(await opened('  --> linked/src/main.rs:2:8', join(crateDir, 'src')), [path, 1, 7]);
    assert.deepEqual(await opened(`${path}:1:5`), [path, 0, 4]);
    const only = crateWith('linked-too', 'fn main() {}\n');
    await vscode.workspace.fs.writeFile(
      vscode.Uri.file(join(only, 'src', 'bin', 'rare.rs')),
      Buffer.from('fn main() {}\n'),
    );
    const found = await until(async () => {
      const place = await opened('panicked at src/bin/rare.rs:1:4:');
      return place[0] === join(only, 'src', 'bin', 'rare.rs') && place;
    });
    assert.deepEqual(found.slice(1), [0, 3]);
  });
});
