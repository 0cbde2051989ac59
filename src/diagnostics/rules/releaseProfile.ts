import { editFix } from '../fix.ts';
import { lineBelow } from '../fixes/addedLines.ts';
import type { Rule } from '../rule.ts';
import { usesOwnProfiles } from './usesOwnProfiles.ts';

export const releaseProfile: Rule = {
  code: 'wasi/release-profile',
  title: 'A release profile without opt-level and lto',
  explanation:
    'A program pays for every instruction: optimising over all its crates at once makes it cheaper.',
  severity: 'hint',
  manifest: (manifest, crate) => {
    if (!usesOwnProfiles(crate)) return [];
    const header = manifest.find('profile', 'release');
    if (header?.valueRange !== null) return [];
    const has = (key: string) => manifest.value('profile', 'release', key) !== undefined;
    if (has('opt-level') || has('lto')) return [];
    return [
      {
        range: header.keyRange,
        message:
          'This profile sets neither opt-level nor lto. With lto = true the same program takes fewer instructions and fewer bytes.',
        fixes: [
          editFix(
            'Add lto = true',
            manifest.path,
            [lineBelow(manifest, header.keyRange.end, 'lto = true')],
            true,
          ),
        ],
      },
    ];
  },
};
