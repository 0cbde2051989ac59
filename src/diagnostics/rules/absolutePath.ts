import { argumentsOf } from '../documents/rustDocument.ts';
import type { Rule } from '../rule.ts';
import { editFix } from '../fix.ts';
import { fixesOfActions } from '../fixes/actionFixes.ts';
import { isUnderCfgMacro } from '../rust/enclosing.ts';

const functions = new Set(
  ['read', 'read_to_string', 'write', 'create_dir', 'create_dir_all', 'read_dir', 'remove_file', 'metadata']
    .map((name) => `std::fs::${name}`)
    .concat('std::fs::File::open', 'std::fs::File::create', 'std::fs::File::create_new'),
);

export const absolutePath: Rule = {
  code: 'wasi/absolute-path',
  title: 'A path of this machine',
  explanation:
    'A program sees only the folders that a run gives it, by the names that the run gives them. On the OutLayer worker that is one folder, and there is no /tmp.',
  severity: 'warning',
  rust: (source) => {
    if (!source.text.includes('fs')) return [];
    return source.callsOf(functions).flatMap(({ node }) => {
      const [first] = argumentsOf(node);
      if (first === undefined || isUnderCfgMacro(node)) return [];
      const found =
        /^"(\/(?:tmp|etc|home|usr|var|root|opt|Users|mnt)|[A-Za-z]:(?:\\\\|\/)[^"\\/]*)(?:\/([^"\\]*))?"$/.exec(
          first.text,
        );
      if (found === null) return [];
      const [, folder = '', rest = ''] = found;
      const range = source.rangeOf(first);
      return [
        {
          range,
          message: `A program for WASI sees only the folders that a run gives it, and ${folder} is not one unless it is given. Use a path relative to a folder that is.`,
          fixes: [
            ...(rest === ''
              ? []
              : [editFix('Use a relative path', source.path, [{ range, newText: JSON.stringify(rest) }])]),
            ...fixesOfActions([{ kind: 'add-preopen', guestPath: folder, file: source.path }]),
          ],
        },
      ];
    });
  },
};
