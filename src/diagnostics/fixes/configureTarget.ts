import type { Target } from '../../shared/target.ts';
import type { TomlDocument } from '../documents/tomlDocument.ts';
import { editFix, type Fix } from '../fix.ts';

/** Has cargo build for another target by default; none where its configuration doesn't name one. */
export function configureTarget(config: TomlDocument | null, target: Target): Fix[] {
  const named = config?.find('build', 'target');
  if (!config || !named?.valueRange || typeof named.value !== 'string') return [];
  const edit = { range: named.valueRange, newText: JSON.stringify(target) };
  return [editFix(`Build for ${target} from now on`, config.path, [edit])];
}
