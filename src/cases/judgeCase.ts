import { isDeepStrictEqual } from 'node:util';
import type { ProfileKind } from '../shared/profileKind.ts';
import type { RunResult } from '../shared/runResult.ts';
import type { SavedInput, SavedStdin } from '../shared/savedInput.ts';
import { isRecord } from '../shared/shapes.ts';
import { decodeUtf8, grouped } from '../shared/text.ts';
import { savedBytes } from './prepareCase.ts';

/** One way in which a run is not what its case expects. */
export interface Mismatch {
  /** The expectation; null where the program failed and nothing was expected of its end. */
  readonly property: 'output' | 'exitCode' | 'fuel' | null;
  /** A sentence. */
  readonly message: string;
  /** Both sides as texts that can be laid side by side. */
  readonly expected: string | null;
  readonly actual: string | null;
}

/**
 * What a run lacks of what its case expects; nothing for a run that is right. Without an expected exit code the
 * run has to succeed in the view that leads. JSON output is compared as values, everything else byte for byte.
 *
 * @throws WorkbenchError `file-not-found` where the expected output is a file that can't be read
 */
export async function judgeCase(
  crateDir: string,
  { expect = {} }: SavedInput,
  result: RunResult,
  profileKind: ProfileKind,
): Promise<Mismatch[]> {
  const { exitCode, output, fuel, tolerance = 0 } = expect;
  return [
    exitCode === undefined ? endMismatch(result, profileKind) : exitCodeMismatch(exitCode, result),
    output === undefined ? null : await outputMismatch(crateDir, output, result.output),
    fuel === undefined ? null : fuelMismatch(fuel, tolerance, result),
  ].filter((mismatch) => mismatch !== null);
}

function endMismatch({ success, error, worker }: RunResult, profileKind: ProfileKind): Mismatch | null {
  const message =
    profileKind === 'outlayer'
      ? worker.success
        ? null
        : `The OutLayer worker would answer: ${worker.message ?? 'failed'}`
      : success
        ? null
        : (error?.message ?? 'The program failed.');
  return message === null ? null : { property: null, message, expected: null, actual: null };
}

function exitCodeMismatch(expected: number, { exitCode, error }: RunResult): Mismatch | null {
  if (exitCode === expected) return null;
  const end = exitCode === null ? (error?.message ?? 'it did not end by itself') : `it was ${exitCode}`;
  return {
    property: 'exitCode',
    message: `The exit code should be ${expected}; ${end}`,
    expected: String(expected),
    actual: exitCode === null ? 'none' : String(exitCode),
  };
}

function fuelMismatch(budget: number, tolerance: number, { fuel, fuelModel }: RunResult): Mismatch | null {
  if (fuel <= budget * (1 + tolerance)) return null;
  const percent = ((fuel / budget - 1) * 100).toFixed(2);
  const over = budget === 0 ? '' : `, ${percent} % over`;
  const allowed = tolerance === 0 ? '' : ` with a tolerance of ${tolerance * 100} %`;
  return {
    property: 'fuel',
    message: `The run used ${grouped(fuel)} fuel (${fuelModel})${over} the budget of ${grouped(budget)}${allowed}.`,
    expected: String(budget),
    actual: String(fuel),
  };
}

async function outputMismatch(
  crateDir: string,
  expected: SavedStdin,
  actual: Uint8Array,
): Promise<Mismatch | null> {
  if ('json' in expected) return jsonMismatch(expected.json, decodeUtf8(actual));
  const bytes = await savedBytes(crateDir, expected);
  if (Buffer.compare(bytes, actual) === 0) return null;
  return {
    property: 'output',
    message: 'The output is not what is expected.',
    expected: decodeUtf8(bytes),
    actual: decodeUtf8(actual),
  };
}

function jsonMismatch(expected: unknown, actual: string): Mismatch | null {
  const shown = pretty(expected);
  let value: unknown;
  try {
    value = JSON.parse(actual);
  } catch {
    return { property: 'output', message: 'The output is no JSON.', expected: shown, actual };
  }
  if (isDeepStrictEqual(value, expected)) return null;
  const message = 'The output is not the JSON that is expected.';
  return { property: 'output', message, expected: shown, actual: pretty(value) };
}

/** Keys sorted, so that a diff shows nothing but what counts. */
function pretty(value: unknown): string {
  const sorted = (_: string, each: unknown) =>
    isRecord(each) ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1))) : each;
  return JSON.stringify(value, sorted, 2);
}
