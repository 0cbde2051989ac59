import { knownFailure } from '../../compiler/knownFailures.ts';
import { askedForTime, missingFolder, missingVariable, noSockets } from '../../executor/outcome/notGiven.ts';
import type { RuleCode } from '../../shared/ruleCode.ts';
import type { ErrorCode, ErrorValue } from '../../shared/workbenchError.ts';

/** Errors that are one mistake, whatever they say. Null: the words decide, or it is no mistake in the program. */
const rules: Readonly<Record<ErrorCode, RuleCode | null>> = {
  usage: null,
  'unknown-target': null,
  'file-not-found': null,
  'untrusted-workspace': null,
  'unknown-format': 'wasi/unknown-format',
  'not-a-component': 'wasi/not-a-component',
  'not-a-module': 'wasi/not-a-module',
  'invalid-wasm': 'wasi/unknown-format',
  'unsupported-proposal': 'wasi/threads',
  'unsupported-wasi-version': 'wasi/newer-wasi',
  'missing-start': 'wasi/missing-start',
  'missing-run': 'wasi/missing-run',
  'missing-import': 'wasi/unresolved-import',
  'memory-minimum-over-limit': 'wasi/out-of-memory',
  'cargo-not-found': null,
  'rustup-not-found': null,
  'target-not-installed': 'wasi/target-not-installed',
  'toolchain-not-rustup': 'wasi/target-not-installed',
  'crate-not-found': null,
  'no-binary': 'wasi/no-program',
  'several-binaries': 'wasi/several-programs',
  'build-failed': 'wasi/build-failed',
  'build-timed-out': 'wasi/build-failed',
  'build-cancelled': null,
  'optimise-failed': 'wasi/build-failed',
  'adapt-failed': 'wasi/not-a-component',
  trap: 'wasi/trap',
  panic: 'wasi/panic',
  exit: 'wasi/exit-status',
  'out-of-fuel': 'wasi/out-of-fuel',
  'out-of-time': 'wasi/out-of-time',
  'out-of-memory': 'wasi/out-of-memory',
  'stack-overflow': 'wasi/stack-overflow',
  stopped: null,
  'not-recorded': null,
  'executor-crashed': null,
  internal: null,
};

/** Mistakes by the words of a failed run: the panic's or trap's message, or what went to stderr. */
const words: readonly { readonly pattern: RegExp; readonly code: RuleCode }[] = [
  { pattern: missingVariable, code: 'wasi/env-missing' },
  { pattern: missingFolder, code: 'wasi/no-preopen' },
  {
    pattern:
      /destination blocked|network allowlist|HttpRequestDenied|HTTP-request-denied|kind: (?:Addr|Connection|Network|Host)\w+/i,
    code: 'wasi/network-denied',
  },
  {
    pattern: /not (?:implemented|supported) on this platform|kind: Unsupported/,
    code: 'wasi/platform-unsupported',
  },
];

/** The mistake that an error is an instance of; null for what is none of the program's, such as a run that was stopped. */
export function ruleOfError(error: ErrorValue, stderr = ''): RuleCode | null {
  const text = [error.message, error.cause ?? ''].join('\n');
  if (error.hint === noSockets) return 'wasi/network-denied';
  switch (error.code) {
    case 'missing-run':
      return /^The module\b/.test(error.message) ? 'wasi/bare-module' : rules[error.code];
    case 'unsupported-proposal':
      return text.includes('threads') ? 'wasi/threads' : 'wasi/unknown-format';
    case 'missing-import':
      return ruleOfImports(error.cause ?? '');
    case 'build-failed':
    case 'optimise-failed':
      return knownFailure(text)?.rule ?? rules[error.code];
    case 'panic':
    case 'trap':
    case 'exit':
      if (askedForTime(error.backtrace)) return 'wasi/platform-unsupported';
      return words.find(({ pattern }) => pattern.test(`${text}\n${stderr}`))?.code ?? rules[error.code];
    default:
      return rules[error.code];
  }
}

function ruleOfImports(names: string): RuleCode {
  if (/^__wbindgen/m.test(names)) return 'wasi/wasm-bindgen';
  // A module's have a function after the interface: it was built for another target than they are for.
  return /^(?:near|outlayer):(?!.*::)/m.test(names) ? 'wasi/worker-interface' : 'wasi/unresolved-import';
}
