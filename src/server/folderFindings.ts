import { stat } from 'node:fs/promises';
import { inputsPath, readInputs } from '../cases/inputsFile.ts';
import { checkCrate } from '../diagnostics/check.ts';
import { checkConfigFiles } from '../diagnostics/checkFolder.ts';
import type { Crate } from '../diagnostics/crate.ts';
import type { CrateReader } from '../diagnostics/crateReader.ts';
import type { Files } from '../diagnostics/files.ts';
import { bringsIn } from '../diagnostics/errors/bringsIn.ts';
import type { Finding } from '../diagnostics/finding.ts';
import { programFix } from '../diagnostics/fixes/programFix.ts';
import { workspaceMembers } from '../diagnostics/workspaceMembers.ts';
import type { RuleCode } from '../shared/ruleCode.ts';
import { buildOutputs } from './buildOutputs.ts';
import type { CheckSettings } from './settings.ts';
import { wasmFindings } from './wasmFindings.ts';

/**
 * Everything that is wrong with the package in a folder, its sources, its configuration, and what it was built to; with
 * each member where the folder is a workspace's and no package's.
 */
export async function folderFindings(
  dir: string,
  reader: CrateReader,
  files: Files,
  settings: CheckSettings,
): Promise<Finding[]> {
  const found = await checkConfigFiles(dir, files, settings.rules);
  const own = await reader.read(dir, { target: settings.target });
  if (own !== undefined) return [...found, ...(await crateFindings(own, files, settings))];
  for (const member of await workspaceMembers(dir, files)) {
    const crate = await reader.read(member, { target: settings.target });
    if (crate !== undefined) found.push(...(await crateFindings(crate, files, settings)));
  }
  return found;
}

async function crateFindings(read: Crate, files: Files, settings: CheckSettings): Promise<Finding[]> {
  // The crate's own word goes before the setting's.
  const profileKind = read.manifest.profileKind ?? settings.profileKind ?? read.profileKind;
  const crate = { ...read, profileKind };
  const found = checkCrate(crate, settings.rules);
  return [...found, ...(await outputFindings(crate, files, { ...settings, profileKind }, found))];
}

/** Of the newest build, unless a source is newer, or the mistake is found already in what it was built from. */
async function outputFindings(
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
  const { cases } = readInputs((await files.read(inputsPath(crate.dir))) ?? '');
  const outlayer = cases.flatMap(({ saved }) => saved.outlayer ?? []);
  return (await wasmFindings(newest.path, settings, outlayer))
    .filter(({ code }) => !known.has(code))
    .map((finding) => ofCrate(finding, crate));
}

const libraryCodes: readonly RuleCode[] = ['wasi/missing-start', 'wasi/missing-run', 'wasi/bare-module'];

/** What the crate tells of a finding in what it was built to: who brings a crate in, and how to make it a program. */
function ofCrate(finding: Finding, crate: Crate): Finding {
  const through = finding.code === 'wasi/wasm-bindgen' ? bringsIn('wasm-bindgen', crate) : null;
  const isLibrary = libraryCodes.includes(finding.code);
  const hasProgram = crate.roots.some(({ kind }) => kind === 'bin');
  return {
    ...finding,
    message: through === null ? finding.message : `${finding.message} ${through}`,
    fixes: [...(isLibrary && !hasProgram ? programFix(crate, false) : []), ...finding.fixes],
  };
}

/** Milliseconds since 1970; later than anything for a file that isn't there. */
async function modified(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => Infinity,
  );
}
