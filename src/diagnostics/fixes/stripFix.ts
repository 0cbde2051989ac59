import type { ManifestDocument } from '../documents/manifestDocument.ts';
import { editFix, type Fix } from '../fix.ts';

/** Has the release profile keep function names and the list of features; none where it keeps them already. */
export function stripFix(manifest: ManifestDocument): Fix[] {
  const strip = manifest.find('profile', 'release', 'strip');
  if (!strip?.valueRange || (strip.value !== true && strip.value !== 'symbols')) return [];
  const edit = { range: strip.valueRange, newText: '"debuginfo"' };
  return [editFix('Strip debug information only', manifest.path, [edit], true)];
}
