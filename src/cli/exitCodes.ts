import type { ErrorCode } from '../shared/workbenchError.ts';

/** What the command line's exit code tells a script. */
export const exitCodes = {
  success: 0,
  /** The program ran, and failed, met a limit or was stopped. */
  failed: 1,
  /** Usage, an unknown target, or bytes that can't be loaded: nothing ran. */
  unusable: 2,
  buildFailed: 3,
} as const;

/** The exit code of an error; a new error code does not compile until it is sorted in here. */
export function exitCodeOf(code: ErrorCode): number {
  return exitCodes[outcomes[code]];
}

const outcomes: Readonly<Record<ErrorCode, keyof typeof exitCodes>> = {
  usage: 'unusable',
  'unknown-target': 'unusable',
  'file-not-found': 'unusable',
  'untrusted-workspace': 'unusable',
  'unknown-format': 'unusable',
  'not-a-component': 'unusable',
  'not-a-module': 'unusable',
  'invalid-wasm': 'unusable',
  'unsupported-proposal': 'unusable',
  'unsupported-wasi-version': 'unusable',
  'missing-start': 'unusable',
  'missing-run': 'unusable',
  'missing-import': 'unusable',
  'memory-minimum-over-limit': 'unusable',
  'cargo-not-found': 'buildFailed',
  'rustup-not-found': 'buildFailed',
  'target-not-installed': 'buildFailed',
  'toolchain-not-rustup': 'buildFailed',
  'crate-not-found': 'buildFailed',
  'no-binary': 'buildFailed',
  'several-binaries': 'buildFailed',
  'build-failed': 'buildFailed',
  'build-timed-out': 'buildFailed',
  'build-cancelled': 'buildFailed',
  'optimise-failed': 'buildFailed',
  'adapt-failed': 'buildFailed',
  trap: 'failed',
  panic: 'failed',
  exit: 'failed',
  'out-of-fuel': 'failed',
  'out-of-time': 'failed',
  'out-of-memory': 'failed',
  'stack-overflow': 'failed',
  stopped: 'failed',
  'not-recorded': 'failed',
  'executor-crashed': 'failed',
  internal: 'failed',
};
