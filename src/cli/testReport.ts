import type { Mismatch } from '../cases/judgeCase.ts';
import type { TapeReport } from '../cassette/taping.ts';
import type { RunResult } from '../shared/runResult.ts';
import type { ErrorValue } from '../shared/workbenchError.ts';
import { exitCodeOf, exitCodes } from './exitCodes.ts';
import { errorJson, line } from './json.ts';
import { fuelText, renderError } from './render.ts';

/** A case that was run, or could not be. */
export interface TestedCase {
  readonly name: string;
  /** Why it could not be run; null where it was. */
  readonly error: ErrorValue | null;
  readonly result: RunResult | null;
  /** Null where it was neither recorded nor replayed. */
  readonly taped: TapeReport | null;
  readonly mismatches: readonly Mismatch[];
}

function passed({ error, mismatches }: TestedCase): boolean {
  return error === null && mismatches.length === 0;
}

export function exitCodeOfTest(tested: TestedCase): number {
  if (passed(tested)) return exitCodes.success;
  const error = tested.error ?? tested.result?.error;
  const code = error ? exitCodeOf(error.code) : exitCodes.failed;
  return code === exitCodes.success ? exitCodes.failed : code;
}

/** One case, for people. */
export function renderTest(tested: TestedCase): string {
  const { name, error, result, taped, mismatches } = tested;
  if (error !== null) return `✗ ${name}\n${indented(renderError(error))}\n`;
  const mark = passed(tested) ? '✓' : '✗';
  const replayed = taped?.mode === 'replay' ? ', replayed' : '';
  const cost = result ? `: ${fuelText(result)} fuel (${result.fuelModel})${replayed}` : '';
  const notes = [taped?.mode === 'record' ? taped.note : null, taped?.warning ?? null]
    .filter((note) => note !== null)
    .map(indented);
  return [`${mark} ${name}${cost}`, ...notes, ...mismatches.map(renderMismatch)].join('\n') + '\n';
}

export function renderTests(tested: readonly TestedCase[]): string {
  const good = tested.filter(passed).length;
  return `${good} passed, ${tested.length - good} failed\n`;
}

function renderMismatch(mismatch: Mismatch): string {
  const outputs = bothOutputs(mismatch);
  return indented(outputs === null ? mismatch.message : `${mismatch.message}\n${outputs}`);
}

/** The output that was expected and the one that came, one below the other; null where they are not what differs. */
export function bothOutputs({ property, expected, actual }: Mismatch): string | null {
  if (property !== 'output') return null;
  return `expected:\n${indented(expected ?? '')}\nactual:\n${indented(actual ?? '')}`;
}

function indented(text: string): string {
  return text.trimEnd().replaceAll(/^/gm, '  ');
}

/** The object that `test --json` prints. Its keys are an interface: scripts rely on them. */
export function testJson(tested: readonly TestedCase[], error: ErrorValue | null): string {
  return line({
    success: error === null && tested.every(passed),
    cases: tested.map((each) => ({
      name: each.name,
      passed: passed(each),
      mismatches: each.mismatches.map((mismatch) => ({ ...mismatch })),
      exitCode: each.result?.exitCode ?? null,
      fuel: each.result?.fuel ?? null,
      fuelModel: each.result?.fuelModel ?? null,
      peakMemoryBytes: each.result?.peakMemoryBytes ?? null,
      runMs: each.result?.runMs ?? null,
      ...(each.taped && { tape: { ...each.taped } }),
      error: nullOr(each.error ?? each.result?.error),
    })),
    error: nullOr(error),
  });
}

function nullOr(error: ErrorValue | null | undefined) {
  return error ? errorJson(error) : null;
}

/** A report in the form that JUnit's Ant task made common (https://github.com/testmoapp/junitxml). */
export function junit(suite: string, tested: readonly TestedCase[]): string {
  const errors = tested.filter(({ error }) => error !== null).length;
  const failures = tested.filter((each) => !passed(each)).length - errors;
  const time = tested.reduce((sum, each) => sum + seconds(each), 0);
  const counts = { tests: tested.length, failures, errors, time: time.toFixed(6) };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes(counts)}>`,
    `  <testsuite${attributes({ name: suite, ...counts })}>`,
    ...tested.map((each) => junitCase(suite, each)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function junitCase(suite: string, tested: TestedCase): string {
  const { name, error, mismatches } = tested;
  const open = `    <testcase${attributes({ classname: suite, name, time: seconds(tested).toFixed(6) })}`;
  if (passed(tested)) return `${open}/>`;
  const parts =
    error === null
      ? mismatches.map(
          (mismatch) =>
            `      <failure${attributes({ type: mismatch.property ?? 'outcome', message: mismatch.message })}>` +
            `${escaped(renderMismatch(mismatch))}</failure>`,
        )
      : [
          `      <error${attributes({ type: error.code, message: error.message })}>` +
            `${escaped(renderError(error))}</error>`,
        ];
  return [`${open}>`, ...parts, '    </testcase>'].join('\n');
}

function seconds({ result }: TestedCase): number {
  return (result?.runMs ?? 0) / 1000;
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([key, value]) => ` ${key}="${escaped(String(value))}"`)
    .join('');
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** For elements and attributes; characters that XML 1.0 can't hold become U+FFFD. */
function escaped(text: string): string {
  return text
    .replaceAll(/[&<>"]/g, (character) => entities[character] ?? character)
    .replaceAll(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '\u{fffd}');
}
