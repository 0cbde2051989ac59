import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { inputsPath } from '../../cases/inputsFile.ts';
import { inputsFolder } from '../../shared/inputsFolder.ts';
import type { RunPlan } from '../run/plan.ts';
import { exampleInputs } from './exampleInputs.ts';
import type { Secrets } from '../secrets/secrets.ts';

/** Shows a crate's inputs file, which is begun with an example, of what was run last, where there is none. */
export async function openInputs(
  crateDir: string,
  last: RunPlan | undefined,
  secrets: Secrets,
): Promise<void> {
  const path = inputsPath(crateDir);
  if (!existsSync(path)) {
    await mkdir(inputsFolder(crateDir), { recursive: true });
    const example = exampleInputs(crateDir, last, await secrets.all());
    // Another window may have begun one meanwhile, which then stays.
    await writeFile(path, example, { flag: 'wx' }).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    });
  }
  await vscode.window.showTextDocument(vscode.Uri.file(path));
}
