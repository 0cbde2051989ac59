import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { checkConfig, checkCrate, checkWasm } from '../diagnostics/check.ts';
import type { Crate } from '../diagnostics/crate.ts';
import type { CrateReader } from '../diagnostics/crateReader.ts';
import { ConfigDocument } from '../diagnostics/documents/configDocument.ts';
import { WasmDocument } from '../diagnostics/documents/wasmDocument.ts';
import type { Files } from '../diagnostics/files.ts';
import type { Finding } from '../diagnostics/finding.ts';
import { WorkbenchError } from '../shared/workbenchError.ts';
import { buildOutputs } from './buildOutputs.ts';
import type { CheckSettings } from './settings.ts';

const configurations = [
  ['.cargo', 'config.toml'],
  ['.cargo', 'config'],
  ['.vscode', 'tasks.json'],
];

/** Everything that is wrong with the package in a folder: its sources, its configuration, and what it was built to. */
export async function checkFolder(
  dir: string,
  reader: CrateReader,
  files: Files,
  settings: CheckSettings,
): Promise<Finding[]> {
  const found: Finding[] = [];
  const read = await reader.read(dir, { target: settings.target });
  const crate = read && withProfile(read, settings);
  if (crate !== undefined) found.push(...checkCrate(crate, settings.rules));
  for (const parts of configurations) {
    const path = join(dir, ...parts);
    const text = await files.read(path);
    if (text !== undefined) found.push(...checkConfig(new ConfigDocument(path, text), settings.rules));
  }
  if (crate !== undefined) found.push(...(await checkOutputs(crate, files, settings, found)));
  return found;
}

/** What is wrong with a .wasm file; nothing where it is gone. */
export async function checkWasmFile(path: string, settings: CheckSettings): Promise<Finding[]> {
  const bytes = await readFile(path).catch(() => null);
  if (bytes === null) return [];
  try {
    return checkWasm(new WasmDocument(path, bytes), settings.rules);
  } catch (thrown) {
    // What can't be read can't be judged; running it says what is wrong.
    if (thrown instanceof WorkbenchError) return [];
    throw thrown;
  }
}

/** The crate's own word goes before the setting's. */
function withProfile(crate: Crate, { profileKind }: CheckSettings): Crate {
  return { ...crate, profileKind: crate.manifest.profileKind ?? profileKind ?? crate.profileKind };
}

/** Of the newest build, unless a source is newer, or the mistake is found already in what it was built from. */
async function checkOutputs(
  crate: Crate,
  files: Files,
  settings: CheckSettings,
  found: readonly Finding[],
): Promise<Finding[]> {
  const names = crate.roots.filter(({ kind }) => kind !== 'example').map(({ name }) => name);
  const [newest] = await buildOutputs(crate.dir, names, files);
  if (newest === undefined) return [];
  const sources = [crate.manifest.path, ...crate.sources.keys()];
  const times = await Promise.all(sources.map((path) => modified(path)));
  if (times.some((time) => time > newest.modified)) return [];
  const known = new Set(found.map(({ code }) => code));
  return (await checkWasmFile(newest.path, settings)).filter(({ code }) => !known.has(code));
}

/** Milliseconds since 1970; later than anything for a file that isn't there. */
async function modified(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => Infinity,
  );
}
