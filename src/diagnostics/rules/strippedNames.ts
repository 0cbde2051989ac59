import { stripFix } from '../fixes/stripFix.ts';
import type { Rule } from '../rule.ts';
import { usesOwnProfiles } from './usesOwnProfiles.ts';

export const strippedNames: Rule = {
  code: 'wasi/stripped-names',
  title: 'Function names are stripped',
  explanation:
    'Without the names of its functions a backtrace or a profile can only number them. With the names goes the list of features that wasm-opt needs.',
  severity: 'hint',
  manifest: (manifest, crate) => {
    const strip = manifest.find('profile', 'release', 'strip');
    if (!strip?.valueRange || !usesOwnProfiles(crate)) return [];
    if (strip.value !== true && strip.value !== 'symbols') return [];
    const range = strip.valueRange;
    return [
      {
        range,
        message:
          'This removes the names of functions, so that profiles and backtraces can only number them, and with them the target_features that wasm-opt needs. strip = "debuginfo" is nearly as small.',
        fixes: stripFix(manifest),
      },
    ];
  },
};
