import { decodeUtf8 } from '../../shared/text.ts';
import type { Outcome } from '../../shared/languageServer.ts';
import type { RunResult } from '../../shared/runResult.ts';

/** Told of how each build and run ended. */
export interface Outcomes {
  ended(outcome: Outcome): void;
}

/** Bytes of stderr that are enough to tell a failure by. */
const stderrEnd = 16 * 1024;

export function runOutcome(crateDir: string, { error, stderr }: RunResult): Outcome {
  return { crateDir, error, stderr: decodeUtf8(stderr.subarray(-stderrEnd)) };
}
