import type { Finding } from '../diagnostics/finding.ts';
import type { Texts } from './snapshotFiles.ts';

/** A finding with the texts that it was made from. */
export interface CheckedFinding {
  readonly finding: Finding;
  readonly texts: Texts;
}

/** What was found at one time, and in which texts. */
export interface Check {
  readonly findings: readonly Finding[];
  readonly texts: Texts;
}

/** A check with its findings by file, and what each file's came to, to be compared. */
interface Kept extends Check {
  readonly byFile: ReadonlyMap<string, readonly Finding[]>;
  readonly states: ReadonlyMap<string, string>;
}

/**
 * What was found last of each crate: by reading it, and in how its last build or run ended. One mistake can show in
 * both; then what was read has the better place, and the outcome's is left out.
 */
export class FindingStore {
  readonly #read = new Map<string, Kept>();
  readonly #outcomes = new Map<string, Kept>();

  /** Takes what was found in a crate in place of what was before; returns the files whose findings may differ now. */
  setRead(owner: string, check: Check): Set<string> {
    const before = this.#read.get(owner);
    const now = keep(check);
    this.#read.set(owner, now);
    const outcome = this.#outcomes.get(owner);
    if (outcome === undefined) return changedFiles(before, now);
    const current = outcome.findings.filter((each) => isCurrent(each, outcome, check));
    this.#outcomes.set(owner, keep({ ...outcome, findings: current }));
    return new Set([...changedFiles(before, now), ...outcome.byFile.keys()]);
  }

  /** The same for how a crate's build or run ended. */
  setOutcome(owner: string, check: Check): Set<string> {
    const before = this.#outcomes.get(owner);
    const now = keep(check);
    this.#outcomes.set(owner, now);
    return new Set([...(before?.byFile.keys() ?? []), ...now.byFile.keys()]);
  }

  /** Each finding once: members of a workspace share files, and say the same of them. */
  of(file: string): CheckedFinding[] {
    const unique = new Map<string, CheckedFinding>();
    const add = (finding: Finding, { texts }: Check): void => {
      const { code, range, message } = finding;
      const key = JSON.stringify([code, range, message]);
      if (!unique.has(key)) unique.set(key, { finding, texts });
    };
    for (const check of this.#read.values()) check.byFile.get(file)?.forEach((each) => add(each, check));
    for (const [owner, check] of this.#outcomes) {
      const found = check.byFile.get(file);
      if (found === undefined) continue;
      const known = new Set(this.#read.get(owner)?.findings.map(({ code }) => code));
      found.filter(({ code }) => !known.has(code)).forEach((finding) => add(finding, check));
    }
    return [...unique.values()];
  }
}

/** A file that was edited since may have lost the cause of what a run found in it; one that is gone has. */
function isCurrent({ file }: Finding, before: Check, now: Check): boolean {
  return before.texts.get(file) === now.texts.get(file);
}

function keep(check: Check): Kept {
  const byFile = new Map<string, Finding[]>();
  for (const finding of check.findings) {
    const found = byFile.get(finding.file);
    if (found === undefined) byFile.set(finding.file, [finding]);
    else found.push(finding);
  }
  const states = new Map([...byFile].map(([file, found]) => [file, JSON.stringify(found)]));
  return { findings: check.findings, texts: check.texts, byFile, states };
}

/** Of the others the editor knows already what was found; where the text is another, for which version it holds too. */
function changedFiles(before: Kept | undefined, now: Kept): Set<string> {
  const files = [...(before?.byFile.keys() ?? []), ...now.byFile.keys()];
  return new Set(
    files.filter(
      (file) =>
        before?.states.get(file) !== now.states.get(file) || before?.texts.get(file) !== now.texts.get(file),
    ),
  );
}
