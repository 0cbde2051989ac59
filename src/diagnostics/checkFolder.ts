import { join } from 'node:path';
import type { Target } from '../shared/target.ts';
import { checkConfig, checkCrate, checkReadable, type RuleSettings } from './check.ts';
import type { CrateReader } from './crateReader.ts';
import { ConfigDocument } from './documents/configDocument.ts';
import { ManifestDocument } from './documents/manifestDocument.ts';
import type { Files } from './files.ts';
import type { Finding } from './finding.ts';
import { workspaceMembers } from './workspaceMembers.ts';

/** Files of a folder that say how its crates are built. */
const configFiles: readonly string[] = [
  join('.cargo', 'config.toml'),
  join('.cargo', 'config'),
  'rust-toolchain.toml',
  join('.vscode', 'tasks.json'),
];

export interface FolderOptions {
  readonly target: Target | null;
  readonly settings?: RuleSettings;
}

/** Everything that is wrong with a crate, or with each package of a workspace, that somebody asked about. */
export async function checkFolder(
  dir: string,
  files: Files,
  reader: CrateReader,
  { target, settings = {} }: FolderOptions,
): Promise<Finding[]> {
  const findings = await checkConfigFiles(dir, files, settings);
  const path = join(dir, 'Cargo.toml');
  findings.push(...checkReadable(new ManifestDocument(path, (await files.read(path)) ?? '')));
  for (const member of await workspaceMembers(dir, files)) {
    const crate = await reader.read(member, { target, asked: true });
    if (crate !== undefined) findings.push(...checkCrate(crate, settings));
  }
  return findings;
}

/** Everything that is wrong with the files of a folder that say how its crates are built. */
export async function checkConfigFiles(
  dir: string,
  files: Files,
  settings: RuleSettings = {},
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const name of configFiles) {
    const path = join(dir, name);
    const text = await files.read(path);
    if (text !== undefined) findings.push(...checkConfig(new ConfigDocument(path, text), settings));
  }
  return findings;
}
