import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { parseManifest, type CrateManifest } from '../../rust/manifest.ts';
import { readText } from '../readText.ts';

/** A Cargo.toml of the window that can be understood. */
export interface FoundManifest extends CrateManifest {
  readonly folder: string;
}

const mostManifests = 1000;

/** The manifests of the window, nearest to the top first; build output is left out. */
export async function manifestsOfWindow(): Promise<FoundManifest[]> {
  const files = await vscode.workspace.findFiles(
    '**/Cargo.toml',
    '**/{target,node_modules}/**',
    mostManifests,
  );
  const found = await Promise.all(
    files.map(async ({ fsPath }) => {
      const manifest = parseManifest((await readText(fsPath)) ?? '');
      return manifest && { ...manifest, folder: dirname(fsPath) };
    }),
  );
  return found
    .filter((manifest) => manifest !== null)
    .sort((a, b) => a.folder.length - b.folder.length || (a.folder < b.folder ? -1 : 1));
}

/** Folders of the packages in the window, nearest to the top first. */
export async function packageFolders(): Promise<string[]> {
  return (await manifestsOfWindow()).filter((found) => found.package !== null).map(({ folder }) => folder);
}
