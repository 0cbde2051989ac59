/**
 * The error value. One failure, whatever found it, is one of these: the editor, the command line and the
 * language server all render the same object, so none of them invents wording of its own.
 */
export interface ErrorValue {
  /** Stable and kebab-case, such as `out-of-fuel`; never shown alone. */
  readonly code: ErrorCode;
  /** What happened, in the user's words; one sentence. */
  readonly message: string;
  /** The raw cause: the engine's, cargo's or the system's own text. */
  readonly cause: string | null;
  /** The next step, one sentence. */
  readonly hint: string | null;
  /** What a button can do about it, most useful first. */
  readonly actions: readonly ErrorAction[];
  /** Innermost frame first; empty where no guest code was running. */
  readonly backtrace: readonly Frame[];
}

export type ErrorCode =
  // requests that can't be served (exit code 2)
  | 'usage'
  | 'unknown-target'
  | 'file-not-found'
  | 'untrusted-workspace'
  // bytes that can't be loaded (exit code 2)
  | 'unknown-format'
  | 'not-a-component'
  | 'not-a-module'
  | 'invalid-wasm'
  | 'unsupported-proposal'
  | 'unsupported-wasi-version'
  | 'missing-start'
  | 'missing-run'
  | 'missing-import'
  | 'memory-minimum-over-limit'
  // a build (exit code 3)
  | 'cargo-not-found'
  | 'rustup-not-found'
  | 'target-not-installed'
  | 'toolchain-not-rustup'
  | 'crate-not-found'
  | 'no-binary'
  | 'several-binaries'
  | 'build-failed'
  | 'build-timed-out'
  | 'build-cancelled'
  | 'optimise-failed'
  | 'adapt-failed'
  // a run (exit code 1)
  | 'trap'
  | 'panic'
  | 'exit'
  | 'out-of-fuel'
  | 'out-of-time'
  | 'out-of-memory'
  | 'stack-overflow'
  | 'stopped'
  | 'not-recorded'
  | 'executor-crashed'
  | 'internal';

/** A step the editor can offer as a button and the command line as a sentence. */
export type ErrorAction =
  | { readonly kind: 'install-target'; readonly target: string; readonly toolchain: string | null }
  | { readonly kind: 'build-for-target'; readonly target: string }
  | {
      readonly kind: 'raise-limit';
      readonly limit: 'maxInstructions' | 'maxMemoryMb' | 'maxExecutionSeconds';
    }
  | { readonly kind: 'choose-binary'; readonly names: readonly string[] }
  | { readonly kind: 'open-settings'; readonly setting: string }
  | { readonly kind: 'open-link'; readonly url: string }
  /** Where most of what ran out went; `line` counts from 1. */
  | { readonly kind: 'open-source'; readonly file: string; readonly line: number }
  /** To run it once more and ask what with. */
  | { readonly kind: 'run-with-input' }
  /** To run it again and count where the fuel goes. */
  | { readonly kind: 'profile' }
  /** To build it again with line tables and run it again, so that frames have lines. */
  | { readonly kind: 'line-tables' }
  /** To what the compiler complains of first: the path as it was given to rustc, line and column from 1. */
  | { readonly kind: 'show-source'; readonly file: string; readonly line: number; readonly column: number }
  | { readonly kind: 'show-log' };

/** One frame of a guest's stack. */
export interface Frame {
  /** Demangled where a name section has the name; otherwise `wasm-function[N]`. */
  readonly function: string;
  /** Source position; null without line tables. Lines and columns count from 1. */
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  /** The core module's name, or its position in the component, such as `module[0]`. */
  readonly module: string | null;
  /** Bytes from the start of the core module as the user built it, not as it was metered. */
  readonly offset: number | null;
}

type ErrorDetails = Partial<Omit<ErrorValue, 'code' | 'message'>>;

/** An error without a cause, a next step, actions or a backtrace, but for the details given. */
export function errorValue(code: ErrorCode, message: string, details: ErrorDetails = {}): ErrorValue {
  return { code, message, cause: null, hint: null, actions: [], backtrace: [], ...details };
}

/** Carries an {@link ErrorValue} through code that throws. */
export class WorkbenchError extends Error {
  readonly value: ErrorValue;

  constructor(code: ErrorCode, message: string, details: ErrorDetails & { readonly error?: unknown } = {}) {
    const { error, ...rest } = details;
    super(message, error === undefined ? undefined : { cause: error });
    this.name = 'WorkbenchError';
    this.value = errorValue(code, message, rest);
  }
}

/** The error value of anything that was thrown; a stranger becomes `internal`, its text the cause. */
export function asErrorValue(thrown: unknown): ErrorValue {
  if (thrown instanceof WorkbenchError) return thrown.value;
  const cause = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return errorValue('internal', 'Something inside WASI Workbench failed.', {
    cause,
    hint: 'Please report it with the text of the log.',
    actions: [{ kind: 'show-log' }],
  });
}
