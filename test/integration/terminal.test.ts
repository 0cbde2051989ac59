import { join } from 'node:path';
import * as vscode from 'vscode';
import { SourceLinks } from '../../src/editor/terminal/terminalLinks.ts';
import { cargoToml, crateWith, folderWith, until, workbench } from './support.ts';

describe('links in terminals', () => {
  before(workbench);

  const opened = async (line: string, cwd?: string) => {
    const links = new SourceLinks();
    const terminal = { creationOptions: { cwd } } as unknown as vscode.Terminal;
    const [link] = links.provideTerminalLinks({ line, terminal });
    await links.handleTerminalLink(link!);
  };
  const isAt = (path: string, line: number, character: number) => {
    const { document, selection } = vscode.window.activeTextEditor!;
    const { active } = selection;
    return document.uri.fsPath === path && active.line === line && active.character === character;
  };

  it('open what a panic names, relative to the terminal, to a folder above it, or to a crate', async () => {
    const crateDir = crateWith('linked', 'mod only_here;\nfn main() {}\n');
    const path = join(crateDir, 'src', 'main.rs');
    await opened('panicked at src/main.rs:2:4:', crateDir);
    await until(() => isAt(path, 1, 3));
    await opened('  --> linked/src/main.rs:2:8', join(crateDir, 'src'));
    await until(() => isAt(path, 1, 7));
    await opened(`${path}:1:5`);
    await until(() => isAt(path, 0, 4));
    const only = folderWith('linked-too', {
      'Cargo.toml': cargoToml('linked-too'),
      'src/bin/rare.rs': 'fn main() {}\n',
    });
    await until(async () => {
      await opened('panicked at src/bin/rare.rs:1:4:');
      return isAt(join(only, 'src', 'bin', 'rare.rs'), 0, 3);
    });
  });
});
