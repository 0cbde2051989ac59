import { editFix } from '../fix.ts';
import { lineBelow } from '../fixes/addedLines.ts';
import type { Rule } from '../rule.ts';

const mostFixes = 5;

export const severalPrograms: Rule = {
  code: 'wasi/several-programs',
  title: 'Several programs and no default',
  explanation:
    'cargo and the worker cannot know which of several binaries to run unless default-run names it.',
  severity: 'hint',
  manifest: (manifest, crate) => {
    const names = crate.roots.filter(({ kind }) => kind === 'bin').map(({ name }) => name);
    const name = manifest.find('package', 'name');
    if (names.length < 2 || name === undefined || manifest.value('package', 'default-run') !== undefined) {
      return [];
    }
    const end = name.valueRange?.end ?? name.keyRange.end;
    const ordered = [...names].sort(
      (a, b) => Number(b === manifest.packageName) - Number(a === manifest.packageName),
    );
    return [
      {
        range: manifest.packageRange,
        message: `This package has several programs (${names.join(', ')}), and none is the default. Name one as default-run.`,
        fixes: ordered
          .slice(0, mostFixes)
          .map((each) =>
            editFix(`Make ${each} the default program`, manifest.path, [
              lineBelow(manifest, end, `default-run = ${JSON.stringify(each)}`),
            ]),
          ),
      },
    ];
  },
};
