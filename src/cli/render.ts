import type { BuildResult } from '../compiler/build.ts';
import type { Limits } from '../shared/limits.ts';
import type { ProfileKind } from '../shared/profileKind.ts';
import type { RunResult } from '../shared/runResult.ts';
import { byteSize, grouped } from '../shared/text.ts';
import type { ErrorValue, Frame } from '../shared/workbenchError.ts';

const mostFrames = 12;

/** The summary of a run, for people: whether it worked, what it cost, and what the other view says. */
export function renderRun(result: RunResult, limits: Limits, kind: ProfileKind): string {
  const lines = result.error ? errorLines(result.error) : [`✓ Succeeded in ${ms(result.runMs)}`];
  if (result.format !== null) {
    lines.push(
      `  Fuel ${fuel(result)} of ${grouped(limits.maxInstructions)} (${result.fuelModel})`,
      `  Peak memory ${result.measured === 'lost' ? 'unknown' : byteSize(result.peakMemoryBytes)} of ${limits.maxMemoryMb} MiB` +
        ` · load ${ms(result.loadMs)} · run ${ms(result.runMs)} · ${byteSize(result.wasmBytes)} ${result.format}`,
    );
    if (kind === 'outlayer') lines.unshift(workerLine(result));
    else if (result.worker.success !== result.success) lines.push(`  ${workerLine(result)}`);
  }
  return text(lines);
}

function fuel({ fuel, measured }: RunResult): string {
  if (measured === 'lost') return 'unknown';
  return measured === 'fuel-at-least' ? `at least ${grouped(fuel)}` : grouped(fuel);
}

function workerLine({ worker }: RunResult): string {
  const fuel = `bills ${grouped(worker.billedFuel)} fuel`;
  if (worker.success) return `✓ The OutLayer worker would succeed, and ${fuel}`;
  return `✗ The OutLayer worker would fail, and ${fuel}: ${worker.message ?? ''}`;
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

function errorLines({ message, cause, backtrace, hint }: ErrorValue): string[] {
  const lines = [`✗ ${message}`];
  if (cause !== null)
    lines.push(
      ...cause
        .trimEnd()
        .split('\n')
        .map((line) => `  ${line}`),
    );
  lines.push(...backtrace.slice(0, mostFrames).map((frame) => `    at ${place(frame)}`));
  if (backtrace.length > mostFrames) lines.push(`    … and ${backtrace.length - mostFrames} more`);
  if (hint !== null) lines.push(`  → ${hint}`);
  return lines;
}

function place({ function: name, file, line, column, module, offset }: Frame): string {
  if (file !== null) return `${name} (${[file, line, column].filter((part) => part !== null).join(':')})`;
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
