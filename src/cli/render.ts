import { describeFolded, frameGroups } from '../profile/frameGroups.ts';
import { nameOfCrate, originOf } from '../profile/origin.ts';
import { stablePath } from '../profile/stablePath.ts';
import type { TapeReport } from '../cassette/taping.ts';
import type { BuildResult } from '../compiler/buildRequest.ts';
import { formatNear, formatUsd } from '../executor/outcome/price.ts';
import type { Limits } from '../shared/limits.ts';
import type { NetworkAttempt } from '../shared/network.ts';
import type { Profile } from '../shared/profile.ts';
import type { ProfileKind } from '../shared/profileKind.ts';
import type { RunResult } from '../shared/runResult.ts';
import { byteSize, grouped } from '../shared/text.ts';
import type { ErrorValue, Frame } from '../shared/workbenchError.ts';
import { shownPath } from './shownPath.ts';

const mostFrames = 12;

/** What the command line has for the next step after a limit was met. */
const limitOptions = {
  maxInstructions: '--max-instructions N sets it, --profile FILE shows where the fuel went.',
  maxMemoryMb: '--max-memory-mb N sets it.',
  maxExecutionSeconds: '--max-seconds N sets it.',
} as const;

/** The summary of a run, for people: whether it worked, what it cost, and what the other view says. */
export function renderRun(result: RunResult, limits: Limits, kind: ProfileKind): string {
  const lines = result.error ? errorLines(result.error) : [`✓ Succeeded in ${ms(result.runMs)}`];
  if (result.format !== null) {
    lines.push(
      `  Fuel ${fuelText(result)} of ${grouped(limits.maxInstructions)} (${result.fuelModel})`,
      `  Peak memory ${result.measured === 'lost' ? 'unknown' : byteSize(result.peakMemoryBytes)} of ${limits.maxMemoryMb} MiB` +
        ` · load ${ms(result.loadMs)} · run ${ms(result.runMs)} · ${byteSize(result.wasmBytes)} ${result.format}`,
    );
    lines.push(...networkLines(result.network));
    if (kind === 'outlayer') {
      lines.unshift(workerLine(result));
      lines.push(...workerDetails(result));
    } else if (result.worker.success !== result.success) lines.push(`  ${workerLine(result)}`);
  }
  return text(lines);
}

/** Why a run failed, and nothing else of it: the program's own failure, else what the worker would say. */
export function renderFailure(result: RunResult, kind: ProfileKind): string {
  const lines = result.error === null ? [] : errorLines(result.error);
  return text(kind === 'outlayer' ? [workerLine(result), ...lines] : lines);
}

/** How the run was recorded or replayed. */
export function renderTape({ note, warning }: TapeReport): string {
  return text([`  ${note}`, ...(warning === null ? [] : [`  ! ${warning}`])]);
}

/** What optimising changed: the run of the binary as cargo made it, beside the one that was shown. */
export function renderSaving(before: RunResult, after: RunResult): string {
  const share = before.fuel === 0 ? 0 : (100 * (after.fuel - before.fuel)) / before.fuel;
  const change = `${share < 0 ? '−' : '+'}${Math.abs(share).toFixed(1)} %`;
  return text([
    `  Before optimising: fuel ${fuelText(before)} (now ${change}), ${byteSize(before.wasmBytes)} (now ${byteSize(after.wasmBytes)})`,
  ]);
}

/** What a run used, and where that is a lower bound. */
export function fuelText({ fuel, measured }: RunResult): string {
  if (measured === 'lost') return 'unknown';
  return measured === 'fuel-at-least' ? `at least ${grouped(fuel)}` : grouped(fuel);
}

/** How many of the dearest functions, lines and crates the terminal shows. */
const mostRows = 5;

/** Where the fuel of a run went, in short, and where all of it was written to. */
export function renderProfile(
  { fuel, uncounted, functions, lines, crates }: Profile,
  path: string,
  folders: readonly string[],
): string {
  const all = Math.max(1, fuel + uncounted);
  const rows = <T>(title: string, of: readonly T[], units: (one: T) => number, name: (one: T) => string) => {
    const dearest = of.filter((one) => units(one) > 0).slice(0, mostRows);
    if (dearest.length === 0) return [];
    return [
      `  ${title}`,
      ...dearest.map((one) => {
        const share = `${((100 * units(one)) / all).toFixed(1)} %`;
        return `  ${share.padStart(7)} ${grouped(units(one)).padStart(15)}  ${name(one)}`;
      }),
    ];
  };
  const called = ({ calls, inlined }: Profile['functions'][number]) =>
    calls === 0 && inlined !== undefined ? 'inlined' : `${grouped(calls)} ${calls === 1 ? 'call' : 'calls'}`;
  const yours = lines.filter(({ file }) => originOf(file).origin === 'yours');
  const hottest = (yours.length > 0 ? yours : lines).toSorted((a, b) => b.total - a.total);
  return text([
    `  Profile ${path}`,
    ...rows(
      'By the functions’ own fuel:',
      functions,
      ({ self }) => self,
      (one) => `${one.name} (${called(one)})`,
    ),
    ...rows(
      yours.length > 0 ? 'By your lines, with what was inlined from them:' : 'By lines:',
      hottest,
      ({ total }) => total,
      ({ file, line }) => `${stablePath(file, folders)}:${line}`,
    ),
    ...rows('By crates:', crates, ({ self }) => self, nameOfCrate),
  ]);
}

function workerLine({ worker }: RunResult): string {
  const fuel = `bills ${grouped(worker.billedFuel)} fuel`;
  if (worker.success) return `✓ The OutLayer worker would succeed, and ${fuel}`;
  return `✗ The OutLayer worker would fail, and ${fuel}: ${worker.message ?? ''}`;
}

/** What it asks, and what a person should know of the answer. */
function workerDetails({ worker }: RunResult): string[] {
  const { price, refundUsd, warnings } = worker;
  const asked = `${formatNear(price.yoctoNear)} on chain, ${formatUsd(price.microUsd)} over HTTPS`;
  const refund = refundUsd === 0 ? '' : `; ${formatUsd(refundUsd)} given back`;
  return [`  Price ${asked}${refund}`, ...warnings.map((warning) => `  ! ${warning}`)];
}

const mostAttempts = 10;

/** Where an answer came from, unless it is the network. */
const sourceWords = { network: '', none: '', cassette: ' (replayed)', mock: ' (mocked)' };

/** The requests that the program made, and why those that failed did. */
function networkLines(attempts: readonly NetworkAttempt[]): string[] {
  const lines = attempts.slice(0, mostAttempts).map((attempt) => {
    const { host, method, status, bytes, allowed, reason, source } = attempt;
    const answer =
      status === null ? '' : ` ${status}, ${byteSize(bytes)} in ${ms(attempt.ms)}${sourceWords[source]}`;
    const failure = reason === null ? '' : ` ${allowed ? 'failed' : 'refused'}: ${reason}`;
    return `  ${method} ${host}${answer}${failure}`;
  });
  const left = attempts.length - lines.length;
  const more = left === 0 ? [] : [`  … and ${left} more requests`];
  return [...lines, ...more, ...openers(attempts).map((option) => `    ${option}`)];
}

/** Options that let out what was refused, by the words of the reason. Of other refusals none does. */
const openedBy: readonly (readonly [reason: RegExp, option: string])[] = [
  [
    /: (?:loopback|private|unique-local)\)$/,
    '--allow-local lets programs reach this machine and private networks.',
  ],
  [/settings of this run allow$/, '--allow-host NAME lets programs reach that host, too.'],
];

function openers(attempts: readonly NetworkAttempt[]): string[] {
  const refusals = attempts.flatMap(({ allowed, reason }) => (allowed ? [] : [reason ?? '']));
  return openedBy.flatMap(([words, option]) =>
    refusals.some((reason) => words.test(reason)) ? [option] : [],
  );
}

/** What was built, and what a person should know of it. */
export function renderBuild({ wasm, runnable, target, buildMs, notes, optimised }: BuildResult): string {
  const lines = [`✓ Built ${runnable.name} for ${target} in ${ms(buildMs)}: ${byteSize(wasm.length)}`];
  if (optimised) {
    const { bytesBefore, bytesAfter, optimiser } = optimised;
    lines.push(`  Optimised with ${optimiser}: ${byteSize(bytesBefore)} to ${byteSize(bytesAfter)}`);
  }
  return text([...lines, ...notes.map((note) => `  ${note}`)]);
}

export function renderError(error: ErrorValue): string {
  return text(errorLines(error));
}

function errorLines({ message, cause, backtrace, hint, actions }: ErrorValue): string[] {
  const lines = [`✗ ${message}`];
  if (cause !== null)
    lines.push(
      ...cause
        .trimEnd()
        .split('\n')
        .map((line) => `  ${line}`),
    );
  lines.push(...frameLines(backtrace));
  if (hint !== null) lines.push(`  → ${hint}`);
  for (const action of actions) {
    if (action.kind === 'raise-limit') lines.push(`    ${limitOptions[action.limit]}`);
  }
  return lines;
}

function frameLines(backtrace: readonly Frame[]): string[] {
  const lines = frameGroups(backtrace).flatMap((group) =>
    group.own
      ? group.frames.map((frame) => ({ line: `    at ${place(frame)}`, frames: 1 }))
      : { line: `    … ${describeFolded(group)}`, frames: group.frames.length },
  );
  const shown = lines.slice(0, mostFrames).map(({ line }) => line);
  const left = lines.slice(mostFrames).reduce((sum, { frames }) => sum + frames, 0);
  return left === 0 ? shown : [...shown, `    … and ${left} more`];
}

function place({ function: name, file, line, column, module, offset }: Frame): string {
  if (file !== null) {
    return `${name} (${[shownPath(file), line, column].filter((part) => part !== null).join(':')})`;
  }
  if (offset !== null) return `${name} (${module ?? 'module'} at byte ${offset})`;
  return name;
}

/** 0.42 ms, 15.2 ms, 1,042 ms, 12.3 s. */
function ms(milliseconds: number): string {
  if (milliseconds >= 10_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  if (milliseconds >= 100) return `${grouped(milliseconds)} ms`;
  return `${milliseconds.toFixed(milliseconds < 10 ? 2 : 1)} ms`;
}

function text(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
