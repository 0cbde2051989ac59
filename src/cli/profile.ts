import { writeFile } from 'node:fs/promises';
import { type Exporter, exporterFor, exporters } from '../profile/exporters.ts';
import type { Profile } from '../shared/profile.ts';
import { WorkbenchError } from '../shared/workbenchError.ts';
import { usageError } from './usage.ts';

/** A file to write the profile to. */
export interface ProfileFile {
  readonly path: string;
  readonly export: Exporter;
}

/**
 * What `--profile` names.
 *
 * @throws WorkbenchError `usage` for an ending that says no format, as of cargo's `--profile dev`
 */
export function profileFile(path: string): ProfileFile {
  const exporter = exporterFor(path);
  if (exporter !== null) return { path, export: exporter };
  throw usageError(
    `--profile writes a file, and ${path} ends in none of ${[...exporters.keys()].join(', ')}.`,
    "Name a file such as profile.json; cargo's profile is --cargo-profile.",
  );
}

/**
 * Writes the profile of a run; nothing where the run had none.
 *
 * @throws WorkbenchError `file-not-found` where the file can't be written
 */
export async function writeProfile(file: ProfileFile, profile: Profile | null, name: string): Promise<void> {
  if (profile === null) return;
  try {
    await writeFile(file.path, file.export(profile, name));
  } catch (error) {
    throw new WorkbenchError('file-not-found', `The profile can't be written to ${file.path}.`, {
      cause: (error as Error).message,
      hint: 'Name a file in a folder that exists and may be written to.',
      error,
    });
  }
}
