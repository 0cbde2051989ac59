import type { FormatName } from '../../shared/target.ts';
import type { WorkerVerdict } from '../../shared/runResult.ts';
import type { ErrorCode, ErrorValue, Frame } from '../../shared/workbenchError.ts';
import type { Ending } from './ending.ts';

/** The worker runs components and preview 1 modules; a bare module is nothing it knows. */
const unknownFormat = 'Failed to load WASM binary: not a valid WASI P2 component or WASI P1 module.';

const missingStart =
  'Failed to find _start function. ' +
  "Make sure you're using [[bin]] format with fn main(), not [lib] with cdylib";

/** What went wrong before the program ran, in the worker's words. It hides causes, so these are whole messages. */
export function workerViewOfLoadFailure(format: FormatName | null, code: ErrorCode | null): WorkerVerdict {
  return { success: false, message: loadMessage(format, code), billedFuel: 0, refundUsd: 0 };
}

function loadMessage(format: FormatName | null, code: ErrorCode | null): string {
  if (format === 'p1') {
    if (code === 'missing-start') return missingStart;
    return bytesDontLoad(code) ? 'Not a valid WASI Preview 1 module' : 'Failed to instantiate WASI P1 module';
  }
  if (format === 'p2') {
    return bytesDontLoad(code) ? 'Not a valid WASI Preview 2 component' : 'Failed to instantiate component';
  }
  return unknownFormat;
}

const loadErrors: readonly (ErrorCode | null)[] = [
  'not-a-component',
  'not-a-module',
  'invalid-wasm',
  'unsupported-proposal',
];

function bytesDontLoad(code: ErrorCode | null): boolean {
  return loadErrors.includes(code);
}

/** What the worker needs to know of a run that began. */
export interface WorkerFacts {
  readonly format: FormatName;
  readonly error: ErrorValue | null;
  readonly stderr: string;
  /** Units. */
  readonly fuel: number;
  readonly maxInstructions: number;
  /** micro-USD; 0 where it is left out. */
  readonly refundUsd?: number;
}

/**
 * The worker's answer to a run: any exit is a failure, 0 included; failures are billed nothing, but a time-out
 * is billed the whole limit. Preview 1 loses stderr; preview 2 tells stderr first, then the trap.
 */
export function workerView(ending: Ending, facts: WorkerFacts): WorkerVerdict {
  if (facts.format === 'unknown') return workerViewOfLoadFailure(null, 'unknown-format');
  const { refundUsd = 0 } = facts;
  if (ending.kind === 'returned' && ending.code === 0) {
    return { success: true, message: null, billedFuel: facts.fuel, refundUsd };
  }
  const message = facts.format === 'p1' ? preview1Message(ending, facts) : preview2Message(ending, facts);
  const billedFuel = ending.kind === 'timed out' ? facts.maxInstructions : 0;
  // What a program gave back is taken from the developer's part, which a failure has none of.
  return { success: false, message, billedFuel, refundUsd: 0 };
}

function preview1Message(ending: Ending, { error }: WorkerFacts): string {
  const cause = causeOf(ending, error);
  const frames = error?.backtrace ?? [];
  // wasmtime puts the backtrace in front of the cause, and the worker prints only what is in front.
  return `WASM execution failed: ${frames.length === 0 ? cause : wasmBacktrace(frames)}`;
}

function preview2Message(ending: Ending, { error, stderr }: WorkerFacts): string {
  const cause = ending.kind === 'returned' ? '' : causeOf(ending, error);
  const parts = [stderr.trimEnd(), cause].filter((part) => part !== '');
  return parts.length === 0 ? 'Component execution failed (no error message in stderr)' : parts.join('\n');
}

/** The largest exit code of preview 1 that wasmtime 28 accepts; it reads codes unsigned, so -1 is beyond. */
const largestExitCode = 125;

/** wasmtime's own text for an end. */
function causeOf(ending: Ending, error: ErrorValue | null): string {
  switch (ending.kind) {
    case 'returned':
    case 'exited':
      return ending.code >>> 0 > largestExitCode
        ? 'exit with invalid exit status outside of [0..126)'
        : `Exited with i32 exit status ${ending.code}`;
    case 'timed out':
      return 'wasm trap: interrupt';
    case 'stopped':
      return 'the run was stopped before the worker would have answered';
    case 'threw':
      return error?.cause ?? error?.message ?? 'unknown';
  }
}

function wasmBacktrace(frames: readonly Frame[]): string {
  const lines = frames.map((frame, position) => {
    const offset = frame.offset === null ? '' : `${`0x${frame.offset.toString(16)}`.padStart(6)} - `;
    return `  ${String(position).padStart(3)}: ${offset}${frame.module ?? '<unknown>'}!${frame.function}`;
  });
  return ['error while executing at wasm backtrace:', ...lines].join('\n');
}
