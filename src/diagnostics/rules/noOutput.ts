import { dirname } from 'node:path';
import type { Crate } from '../crate.ts';
import type { RustSource } from '../rust/rustSource.ts';
import { editFix } from '../fix.ts';
import { attributesOf } from '../../rust/attributes.ts';
import type { Rule } from '../rule.ts';

export const noOutput: Rule = {
  code: 'wasi/no-output',
  title: 'Nothing goes to stdout',
  explanation:
    'The output of a program is what it prints to stdout. What goes to stderr is for people who look for a mistake.',
  severity: 'warning',
  rust: (source, { isProgram }) => {
    const { main } = source;
    if (!isProgram || main === null || attributesOf(main).length > 0 || mayPrint.test(source.text)) return [];
    const inMain = source
      .macrosOf(['eprintln'])
      .filter(({ node }) => node.startIndex > main.startIndex && node.endIndex < main.endIndex);
    const last = inMain.at(-1);
    if (last === undefined) return [];
    const name = main.childForFieldName('name') ?? main;
    return [
      {
        range: source.rangeOf(name),
        message:
          'This program prints to stderr only, and its output is what it prints to stdout. Print the result with println!.',
        fixes: [
          editFix('Print the last message to stdout', source.path, [
            { range: last.nameRange, newText: 'println' },
          ]),
        ],
      },
    ];
  },
  // Any other way to stdout, in a macro or by a crate, might be one that isn't seen.
  holds: (source, crate) =>
    !hasUnknownCrates(crate) && !sourcesOf(crate, source).some(({ text }) => mayPrint.test(text)),
};

const mayPrint = /\bprint(ln)?\s*!|stdout|write(ln|_all)?\s*[!(]|\bcopy\s*\(|\binclude\s*!|\bdump|\bextern\b/;

/** The files of one program: its root's folder and below, where other programs have roots of their own. */
function sourcesOf({ sources }: Crate, root: RustSource): RustSource[] {
  const folder = dirname(root.path);
  return [...sources.values()].filter(({ path }) => path.startsWith(folder));
}

/** Crates that are known not to print by themselves; of others nobody knows. */
const silent =
  /^(serde|serde_.*|anyhow|thiserror|regex|base64|hex|sha2|sha3|chrono|rand|itertools|log|once_cell|bytes|uuid|url)$/;

function hasUnknownCrates({ manifest }: Crate): boolean {
  return manifest.dependencies.some(({ crate }) => !silent.test(crate));
}
