import { isUtf8 } from 'node:buffer';
import { noOutlayer, type ResponseFormat } from '../../shared/outlayer.ts';
import type { PriceConstants, PriceSettings } from '../../shared/price.ts';
import type { RunRequest } from '../../shared/runRequest.ts';
import type { WorkerVerdict, WorkerView } from '../../shared/runResult.ts';
import { initialPrice, priceOf } from './price.ts';
import { jsonProblem } from './serdeJson.ts';

/** What a run came to, as far as an answer is made of it. */
export interface Answered {
  readonly output: Uint8Array;
  /** Units. */
  readonly fuel: number;
  /** Milliseconds. */
  readonly runMs: number;
}

/** Bytes from which an output takes the costlier path on chain, and those from which it is close to it. */
const [costly, nearlyCostly] = [1024, 900];

/** The worker's answer with a run's output in it: in the format that was asked for, and with its price. */
export function workerAnswer(verdict: WorkerVerdict, ran: Answered, { options }: RunRequest): WorkerView {
  const { run } = options.outlayer ?? noOutlayer;
  const { responseFormat, price } = run;
  const judged = judge(verdict, ran, responseFormat);
  return {
    ...judged,
    responseFormat,
    warnings: judged.success ? warningsOn(ran.output, responseFormat) : [],
    price: priceOf(
      { instructions: judged.billedFuel, timeMs: ran.runMs, compileMs: 0 },
      priceConstants(price),
    ),
  };
}

/** Output that is not the JSON asked for is a failure that is billed. */
function judge(verdict: WorkerVerdict, { output, fuel }: Answered, format: ResponseFormat): WorkerVerdict {
  const problem = verdict.success && format === 'json' ? jsonProblem(output) : null;
  if (problem === null) return verdict;
  const message = `Failed to parse output as JSON: ${problem}`;
  return { success: false, message, billedFuel: fuel, refundUsd: 0 };
}

function warningsOn(output: Uint8Array, format: ResponseFormat): string[] {
  const warnings: string[] = [];
  const { length } = output;
  if (length >= costly) {
    warnings.push(`The output has ${length} bytes: from ${costly} on it takes a costlier path on chain.`);
  } else if (length >= nearlyCostly) {
    warnings.push(
      `The output has ${length} bytes, close to the ${costly} from which it costs more on chain.`,
    );
  }
  if (format === 'text' && !isUtf8(output)) {
    warnings.push('The output is not UTF-8: the worker hands it on as text that is marked as such.');
  }
  return warnings;
}

/** The initial constants, but for those that are set. */
export function priceConstants({ near, https }: PriceSettings = {}): PriceConstants {
  return { near: { ...initialPrice.near, ...near }, https: { ...initialPrice.https, ...https } };
}
