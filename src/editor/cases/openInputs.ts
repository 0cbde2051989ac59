import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { inputsFolder, inputsPath } from '../../cases/inputsFile.ts';

const beginning = `{
  // Each case is something to run the program with. Run takes the first until you choose another with
  // “Run with Input…”, and the Testing view runs them all. Completion offers every property and explains it.
  "cases": [
    {
      "name": "example",
      // What the program reads on stdin: "text", "json", or a "file" relative to this folder.
      "stdin": { "text": "" },
      // What makes the case pass. "output" and "fuel" can be compared too.
      "expect": { "exitCode": 0 }
    }
  ]
}
`;

/** Shows a crate's inputs file, which is begun with an example where there is none. */
export async function openInputs(crateDir: string): Promise<void> {
  const path = inputsPath(crateDir);
  if (!existsSync(path)) {
    await mkdir(inputsFolder(crateDir), { recursive: true });
    // Another window may have begun one meanwhile, which then stays.
    await writeFile(path, beginning, { flag: 'wx' }).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    });
  }
  await vscode.window.showTextDocument(vscode.Uri.file(path));
}
