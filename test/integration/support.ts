import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { PlannedInput, RunPlan } from '../../src/editor/run/plan.ts';
import type { WorkbenchApi } from '../../src/editor/workbenchApi.ts';
import { writeFiles } from '../writeFiles.ts';

/** The installed extension, activated. */
export async function workbench(): Promise<WorkbenchApi> {
  const extension = vscode.extensions.getExtension<WorkbenchApi>('wasi-workbench.wasi-workbench');
  assert.ok(extension, 'the extension is installed');
  return extension.activate();
}

export function workspaceFolder(): string {
  return vscode.workspace.workspaceFolders![0]!.uri.fsPath;
}

/** Writes files into a folder of the workspace and returns its path. */
export function folderWith(name: string, files: Readonly<Record<string, string>>): string {
  const folder = join(workspaceFolder(), name);
  writeFiles(folder, files);
  return folder;
}

export function cargoToml(name: string, more = ''): string {
  return `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2024"\n${more}`;
}

/** A crate of one program without dependencies, which builds in a second. */
export function crateWith(name: string, main: string): string {
  return folderWith(name, { 'Cargo.toml': cargoToml(name), 'src/main.rs': main });
}

export function planOf(crateDir: string, name: string, input: PlannedInput = { kind: 'none' }): RunPlan {
  return { crateDir, runnable: { kind: 'bin', name, package: name }, target: null, input };
}

export async function open(path: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(path));
}

export async function lensesOf(path: string): Promise<vscode.CodeLens[]> {
  const { document } = await open(path);
  return vscode.commands.executeCommand('vscode.executeCodeLensProvider', document.uri, 100);
}

/** Waits until something holds; a test's own time-out is the limit. */
export async function until<T>(
  probe: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
  for (;;) {
    const found = await probe();
    if (found !== undefined && found !== false) return found;
    await new Promise((next) => setTimeout(next, 50));
  }
}
