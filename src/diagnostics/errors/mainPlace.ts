import type { Crate } from '../crate.ts';
import type { Finding } from '../finding.ts';
import { startOfFile } from '../position.ts';

/** The name of a crate's `fn main`: of its only program, else of the first; the package's name where it has none. */
export function mainPlace(crate: Crate): Pick<Finding, 'file' | 'range'> {
  const root = crate.roots.find(({ kind }) => kind === 'bin');
  const source = root && crate.sources.get(root.path);
  const document = source?.document;
  const name = document?.main?.childForFieldName('name');
  return {
    file: source?.path ?? crate.manifest.path,
    range: name ? document!.rangeOf(name) : source ? startOfFile : crate.manifest.packageRange,
  };
}
