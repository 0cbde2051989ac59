import { programsOfPackage, type PackageProgram } from '../../rust/programs.ts';
import { listFolder } from '../readText.ts';
import { manifestsOfWindow } from './manifests.ts';

/**
 * All that can be run of the window's crates, from their files alone: the editor asks for it soon after its start,
 * before anything is built, when neither cargo's time nor the compiler's loading may be spent.
 */
export async function programsOfWindow(): Promise<PackageProgram[]> {
  const manifests = await manifestsOfWindow();
  const programs = await Promise.all(
    manifests.map((manifest) => programsOfPackage(manifest.folder, manifest, listFolder)),
  );
  return programs.flat();
}
