import type { CrateReader } from '../diagnostics/crateReader.ts';
import { findingOfError } from '../diagnostics/errors/errorFinding.ts';
import type { Finding } from '../diagnostics/finding.ts';
import type { Outcome } from '../shared/languageServer.ts';
import type { CheckSettings } from './settings.ts';

/** The mistakes that show in how a build or run ended, as settings want them shown. */
export async function findingsOfOutcome(
  { crateDir, error, stderr }: Outcome,
  reader: CrateReader,
  { rules, target }: CheckSettings,
): Promise<Finding[]> {
  const crate = error && (await reader.read(crateDir, { target, asked: true }));
  const found = crate && findingOfError(error, crate, stderr);
  if (!found) return [];
  const setting = rules[found.code];
  return setting === 'off' ? [] : [{ ...found, severity: setting ?? found.severity }];
}
