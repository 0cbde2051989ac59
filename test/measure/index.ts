import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as vscode from 'vscode';
import type { WorkbenchApi } from '../../src/editor/workbenchApi.ts';
import type { EditorMeasures } from './measures.ts';

/** Where the counts of a process stand still: checks have ended, and what was compiled is thrown away. */
const restMs = 10_000;

/** Measures a window with hundreds of crates from inside its extension host, with the extension or without. */
export async function run(): Promise<void> {
  const workspace = vscode.workspace.workspaceFolders![0]!.uri.fsPath;
  const source = (crate: number) => vscode.Uri.file(join(workspace, `crate-${crate}`, 'src', 'main.rs'));
  const extension = vscode.extensions.getExtension<WorkbenchApi>('wasi-workbench.wasi-workbench');
  const api = await extension?.activate();
  // What starts with a window, git's first look among it, is over.
  await rest();
  const openMs: number[] = [];
  const lensMs: number[] = [];
  const lensCpuMs: number[] = [];
  for (const crate of [0, 50, 100, 150, 200, 250, 300, 350, 400, 450]) {
    const start = performance.now();
    const document = await vscode.workspace.openTextDocument(source(crate));
    await vscode.window.showTextDocument(document);
    const opened = performance.now();
    const before = process.cpuUsage();
    openMs.push(opened - start);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      100,
    );
    if (api !== undefined && lenses.length === 0) throw new Error('There is no lens.');
    lensMs.push(performance.now() - opened);
    const { user, system } = process.cpuUsage(before);
    lensCpuMs.push((user + system) / 1000);
  }
  await rest();
  const openedMb = memoryMb();
  await api?.run({
    crateDir: join(workspace, 'crate-0'),
    runnable: { kind: 'bin', name: 'crate-0', package: 'crate-0' },
    target: null,
    input: { kind: 'none' },
  });
  const ran = api?.lastRun()?.error ?? null;
  if (ran !== null) throw new Error(ran.message);
  await rest();
  const measures: EditorMeasures = {
    activationMs: api?.activationMs ?? 0,
    openMs,
    lensMs,
    lensCpuMs,
    openedMb,
    ranMb: memoryMb(),
  };
  writeFileSync(process.env['WASI_WORKBENCH_MEASURES']!, JSON.stringify(measures));
}

/** What is garbage by now is nobody's, whenever V8 would collect it. */
async function rest(): Promise<void> {
  await new Promise((next) => setTimeout(next, restMs));
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

/** MiB of the extension host and of all processes below it; memory that is shared counts by its share. */
function memoryMb(): Record<string, number> {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = read(`/proc/${name}/stat`);
    parents.set(Number(name), Number(/\) \S (\d+)/.exec(stat)?.[1] ?? 0));
  }
  const isOurs = (pid: number): boolean => pid === process.pid || (pid > 1 && isOurs(parents.get(pid) ?? 0));
  const memory: Record<string, number> = {};
  for (const pid of parents.keys()) {
    if (!isOurs(pid)) continue;
    const script = /[\w-]+(?=\.js)/.exec(read(`/proc/${pid}/cmdline`).replaceAll('\0', ' '))?.[0] ?? 'other';
    const name = pid === process.pid ? 'extension host' : script;
    const kib = Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);
    memory[name] = (memory[name] ?? 0) + kib / 1024;
  }
  return memory;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
