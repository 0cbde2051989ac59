import { basename, dirname, join } from 'node:path';
import type { ModuleFile } from '../documents/rustDocument.ts';

/**
 * Where the source of `mod name;` may be, the likelier first
 * (https://doc.rust-lang.org/reference/items/modules.html#module-source-filenames).
 *
 * @param path absolute, of the file that declares it
 * @param isRoot whether that file is the root of a program or library
 */
export function moduleCandidates(path: string, module: ModuleFile, isRoot: boolean): string[] {
  const folder = dirname(path);
  const own = basename(path, '.rs');
  const holdsModules = isRoot || own === 'mod' ? folder : join(folder, own);
  if (module.path !== null) {
    return [join(module.inside.length === 0 ? folder : join(holdsModules, ...module.inside), module.path)];
  }
  const inside = join(holdsModules, ...module.inside);
  return [join(inside, `${module.name}.rs`), join(inside, module.name, 'mod.rs')];
}
