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

/**
 * What was found last of each crate: by reading it, and in how its last build or run ended. One mistake can show in
 * both; then what was read has the better place, and the outcome's is left out.
 */
export class FindingStore {
  readonly #read = new Map<string, Check>();
  readonly #outcomes = new Map<string, Check>();

  /** Takes what was found in a crate in place of what was before; returns the files whose findings may differ now. */
  setRead(owner: string, check: Check): Set<string> {
    const outcome = this.#outcomes.get(owner);
    const stale = outcome && {
      ...outcome,
      findings: outcome.findings.filter((each) => isCurrent(each, outcome, check)),
    };
    const changed = filesOf(this.#read.get(owner), check, outcome);
    this.#read.set(owner, check);
    if (stale) this.#outcomes.set(owner, stale);
    return changed;
  }

  /** The same for how a crate's build or run ended. */
  setOutcome(owner: string, check: Check): Set<string> {
    const changed = filesOf(this.#outcomes.get(owner), check);
    this.#outcomes.set(owner, check);
    return changed;
  }

  /** Each finding once: members of a workspace share files, and say the same of them. */
  of(file: string): CheckedFinding[] {
    const unique = new Map<string, CheckedFinding>();
    const add = (finding: Finding, { texts }: Check): void => {
      const { code, range, message } = finding;
      const key = JSON.stringify([code, range, message]);
      if (finding.file === file && !unique.has(key)) unique.set(key, { finding, texts });
    };
    for (const check of this.#read.values()) check.findings.forEach((finding) => add(finding, check));
    for (const [owner, check] of this.#outcomes) {
      const known = new Set(this.#read.get(owner)?.findings.map(({ code }) => code));
      check.findings.filter(({ code }) => !known.has(code)).forEach((finding) => add(finding, check));
    }
    return [...unique.values()];
  }
}

/** A file that was edited since may have lost the cause of what a run found in it; one that is gone has. */
function isCurrent({ file }: Finding, before: Check, now: Check): boolean {
  return before.texts.get(file) === now.texts.get(file);
}

function filesOf(...checks: (Check | undefined)[]): Set<string> {
  return new Set(checks.flatMap((check) => check?.findings ?? []).map(({ file }) => file));
}
