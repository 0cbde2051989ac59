import { whereJsonStops } from '../../diagnostics/errors/whereJsonStops.ts';
import type { Outcome } from '../../shared/languageServer.ts';
import type { RunResult } from '../../shared/runResult.ts';
import { decodeUtf8 } from '../../shared/text.ts';

/** Told of how each build and run ended. */
export interface Outcomes {
  ended(outcome: Outcome): void;
}

/** @param expectsJson whether the output was to be one JSON value */
export function runOutcome(
  crateDir: string,
  { format, error, output, stderr }: RunResult,
  expectsJson: boolean,
): Outcome {
  const printed = output.length > 0;
  const said = error !== null || !printed ? decodeUtf8(stderr) : '';
  const notJson = expectsJson && printed && error === null ? whereJsonStops(output) : null;
  return { crateDir, error, run: { format, stderr: said, printed, notJson } };
}
