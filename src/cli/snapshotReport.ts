import type { BaselineCase, CaseChange, FunctionDifference } from '../profile/baseline.ts';
import type { Change } from '../profile/compareProfiles.ts';
import { grouped } from '../shared/text.ts';
import type { ErrorValue } from '../shared/workbenchError.ts';
import { exitCodeOf, exitCodes } from './exitCodes.ts';
import { errorJson, line } from './json.ts';
import { renderError } from './render.ts';

/** A case that was measured, or could not be. */
export interface SnapshotCase {
  readonly name: string;
  /** Null where it failed. */
  readonly now: BaselineCase | null;
  readonly error: ErrorValue | null;
  /** Null where it failed, or there was no baseline. */
  readonly change: CaseChange | null;
}

export interface Snapshot {
  /** Whether it was compared; else the baseline was written. */
  readonly checked: boolean;
  /** Of the baseline. */
  readonly path: string;
  /** A share. */
  readonly tolerance: number;
  readonly cases: readonly SnapshotCase[];
}

/** A case that failed has its error's code; one that got dearer fails a check. */
export function exitCodeOfSnapshot({ checked, cases }: Snapshot): number {
  const codes = cases.map(({ error, change }) => {
    if (error !== null) return exitCodeOf(error.code);
    return checked && change?.regressed === true ? exitCodes.failed : exitCodes.success;
  });
  return Math.max(exitCodes.success, ...codes);
}

/** Functions that are shown of a case: of the user's own, and of others'. */
const mostFunctions = 10;

/** For people: a line for each case, and below it the functions that changed. */
export function renderSnapshot(snapshot: Snapshot): string {
  const { checked, path, cases } = snapshot;
  const lines = cases.flatMap((one) => caseLines(one, snapshot));
  const failed = cases.filter(({ error }) => error !== null).length;
  const dearer = cases.filter(({ change }) => change?.regressed === true).length;
  if (!checked) lines.push(`${cases.length - failed} kept in ${path}, ${failed} failed`);
  else lines.push(`${cases.length - failed - dearer} within the baseline, ${dearer} not, ${failed} failed`);
  if (checked && dearer > 0)
    lines.push('Where it is meant: wasi-workbench snapshot CRATE, and commit the file.');
  return `${lines.join('\n')}\n`;
}

function caseLines({ name, now, error, change }: SnapshotCase, { checked }: Snapshot): string[] {
  if (error !== null || now === null)
    return [`✗ ${name}`, indented(error === null ? '' : renderError(error))];
  if (change === null) return [`✓ ${name}: ${grouped(now.fuel)} fuel (${now.fuelModel})`];
  const mark = checked && change.regressed ? '✗' : '✓';
  const cost = `${mark} ${name}: ${grouped(now.fuel)} fuel (${now.fuelModel})`;
  if (change.incomparable !== null) return [`${cost}: can't be compared, ${change.incomparable}`];
  if (change.fuel.difference === 0) return [`${cost}, as before`];
  const shown = largest(change.functions);
  const rows = shown.map(({ name: called, file, self }) => {
    return [difference(self), share(self), called, file ?? ''] as const;
  });
  const widths = [0, 1].map((column) => Math.max(0, ...rows.map((row) => row[column]!.length)));
  const table = rows.map(([by, part, called, file]) => {
    return `    ${by.padStart(widths[0]!)} ${part.padStart(widths[1]!)}  ${called}  ${file}`.trimEnd();
  });
  const left = change.functions.length - shown.length;
  if (left > 0) table.push(`    … and ${left} more, with --json`);
  const compiler = change.otherRustc === null ? [] : [`    The baseline is of ${change.otherRustc}.`];
  return [`${cost}, ${difference(change.fuel)} (${share(change.fuel)})`, ...compiler, ...table];
}

/** Those that changed most; the user's own, which one can mend, are not pushed out by others'. */
function largest(functions: readonly FunctionDifference[]): FunctionDifference[] {
  const places = { own: mostFunctions, others: mostFunctions };
  return functions.filter(({ own }) => places[own ? 'own' : 'others']-- > 0);
}

function difference({ difference: by }: Change): string {
  return `${by < 0 ? '−' : '+'}${grouped(Math.abs(by))}`;
}

function share({ share: part }: Change): string {
  return part === null ? 'new' : `${part < 0 ? '−' : '+'}${Math.abs(100 * part).toFixed(1)} %`;
}

function indented(text: string): string {
  return text.trimEnd().replaceAll(/^/gm, '  ');
}

/** The object that `snapshot --json` prints. Its keys are an interface: scripts rely on them. */
export function snapshotJson(snapshot: Snapshot): string {
  const { checked, path, tolerance, cases } = snapshot;
  return line({
    success: exitCodeOfSnapshot(snapshot) === exitCodes.success,
    baseline: path,
    written: !checked && cases.some(({ now }) => now !== null),
    tolerance,
    cases: cases.map(({ name, now, error, change }) => ({
      name,
      fuel: now?.fuel ?? null,
      fuelModel: now?.fuelModel ?? null,
      before: change?.incomparable === null ? change.fuel.before : null,
      change: change?.incomparable === null ? change.fuel.difference : null,
      regressed: change?.regressed ?? false,
      incomparable: change?.incomparable ?? null,
      functions:
        change?.functions.map(({ name: called, file, own, self }) => {
          return { name: called, file, own, ...self };
        }) ?? [],
      error: error && errorJson(error),
    })),
    error: null,
  });
}
