import { applyFix, type WritableFiles } from './applyFix.ts';
import type { Finding } from './finding.ts';
import type { Fix, TextEdit } from './fix.ts';
import { isBefore } from './position.ts';

/** A fix that was made, and what it mended. */
export interface Fixed {
  readonly finding: Finding;
  readonly title: string;
}

/** Each round of fixes may make new places for others; a program with more than these is given up on. */
const mostRounds = 20;

/**
 * Makes the safe fixes, until there are none left.
 *
 * @param check everything again, as it is by now
 */
export async function fixAll(
  check: () => Promise<readonly Finding[]>,
  files: WritableFiles,
): Promise<{ readonly fixed: readonly Fixed[]; readonly left: readonly Finding[] }> {
  const fixed: Fixed[] = [];
  for (let round = 0; ; round++) {
    const left = await check();
    const chosen = round < mostRounds ? chooseFixes(left) : [];
    let made = 0;
    for (const { finding, fix } of chosen) {
      if (!(await applyFix(fix, files))) continue;
      fixed.push({ finding, title: fix.title });
      made++;
    }
    if (made === 0) return { fixed, left };
  }
}

interface Chosen {
  readonly finding: Finding;
  readonly fix: Fix;
}

/**
 * What can be made at once. A fix that makes or moves files goes alone; of others, one a file has every range that
 * was checked still in its place, where the last edit in the file is made first.
 */
function chooseFixes(findings: readonly Finding[]): Chosen[] {
  const all = findings.flatMap((finding): Chosen[] => {
    const fix = finding.fixes.find((each) => each.safe && each.action === null);
    return fix === undefined ? [] : [{ finding, fix }];
  });
  const alone = all.find(({ fix }) => fix.changes.some(({ kind }) => kind !== 'edit'));
  if (alone !== undefined) return [alone];
  const chosen: Chosen[] = [];
  const byLast = [...all].sort((a, b) => (isBefore(firstEdit(a.fix), firstEdit(b.fix)) ? 1 : -1));
  for (const each of byLast) {
    if (!chosen.some((other) => overlap(each.fix, other.fix))) chosen.push(each);
  }
  return chosen;
}

function editsOf(fix: Fix): (TextEdit & { readonly file: string })[] {
  return fix.changes.flatMap((change) =>
    change.kind === 'edit' ? change.edits.map((edit) => ({ ...edit, file: change.file })) : [],
  );
}

function firstEdit(fix: Fix) {
  return editsOf(fix)
    .map(({ range }) => range.start)
    .reduce((first, start) => (isBefore(start, first) ? start : first));
}

/** Whether one fix's edits reach into the span that the other's stand in. */
function overlap(a: Fix, b: Fix): boolean {
  return editsOf(a).some((x) =>
    editsOf(b).some(
      (y) =>
        x.file === y.file && !isBefore(x.range.end, y.range.start) && !isBefore(y.range.end, x.range.start),
    ),
  );
}
