import type { Crate } from '../diagnostics/crate.ts';
import type { CrateReader } from '../diagnostics/crateReader.ts';
import { findingOfError } from '../diagnostics/errors/errorFinding.ts';
import { findingsOfRun } from '../diagnostics/errors/runFindings.ts';
import type { Finding } from '../diagnostics/finding.ts';
import { isSilenced } from '../diagnostics/silence.ts';
import type { Outcome } from '../shared/languageServer.ts';
import type { CheckSettings } from './settings.ts';

/** The mistakes that show in how a build or run ended, as settings want them shown. */
export async function findingsOfOutcome(
  outcome: Outcome,
  reader: CrateReader,
  { rules, target }: CheckSettings,
): Promise<Finding[]> {
  const crate = await reader.read(outcome.crateDir, { target, asked: true });
  if (crate === undefined) return [];
  return findingsIn(outcome, crate).flatMap((finding) => {
    const setting = rules[finding.code];
    return setting === 'off' || isSilenced(finding, crate)
      ? []
      : [{ ...finding, severity: setting ?? finding.severity }];
  });
}

function findingsIn({ error, run }: Outcome, crate: Crate): Finding[] {
  if (run === null) {
    const found = error && findingOfError(error, crate);
    return found === null ? [] : [found];
  }
  return findingsOfRun(error, run, crate);
}
