import type { Outcome } from '../../shared/languageServer.ts';
import type { RunResult } from '../../shared/runResult.ts';
import { decodeUtf8 } from '../../shared/text.ts';

/** Told of how each build and run ended. */
export interface Outcomes {
  ended(outcome: Outcome): void;
}

export function runOutcome(crateDir: string, { error, output, stderr }: RunResult): Outcome {
  const printed = output.length > 0;
  const said = error !== null || !printed ? decodeUtf8(stderr) : '';
  return { crateDir, error, run: { stderr: said, printed } };
}
