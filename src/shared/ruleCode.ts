/**
 * Every mistake that is known by name. A code is stable: settings, comments that silence it and its page in
 * docs/diagnostics are called by it.
 */
export const ruleCodes = [
  // What can be loaded and started
  'wasi/missing-start',
  'wasi/no-program',
  'wasi/not-a-component',
  'wasi/not-a-module',
  'wasi/unknown-format',
  'wasi/missing-run',
  'wasi/unresolved-import',
  'wasi/wasm-bindgen',
  'wasi/worker-interface',
  'wasi/newer-wasi',
  'wasi/bare-module',
  'wasi/threads',
  // How it is built
  'wasi/old-target-name',
  'wasi/several-programs',
  'wasi/sockets-crate',
  'wasi/c-code',
  'wasi/http-needs-p2',
  'wasi/unsafe-attribute',
  'wasi/release-profile',
  'wasi/stripped-names',
  'wasi/manifest-not-at-root',
  'wasi/worker-refuses-build',
  'wasi/unknown-metadata',
  'wasi/target-not-installed',
  'wasi/randomness',
  'wasi/component-linker',
  'wasi/newer-rustc',
  'wasi/wasm-opt-features',
  'wasi/no-runner',
  'wasi/build-failed',
  // What the source does
  'wasi/args',
  'wasi/exit-zero',
  'wasi/no-output',
  'wasi/noise-in-json',
  'wasi/unsupported-std',
  'wasi/env-unwrap',
  'wasi/input-unwrap',
  'wasi/absolute-path',
  // How a run ended
  'wasi/panic',
  'wasi/trap',
  'wasi/out-of-fuel',
  'wasi/out-of-time',
  'wasi/out-of-memory',
  'wasi/stack-overflow',
  'wasi/exit-status',
  'wasi/no-preopen',
  'wasi/network-denied',
  'wasi/env-missing',
  'wasi/platform-unsupported',
  'wasi/empty-output',
  'wasi/output-not-json',
] as const;

export type RuleCode = (typeof ruleCodes)[number];

export function isRuleCode(code: string): code is RuleCode {
  return (ruleCodes as readonly string[]).includes(code);
}

/** The name of its page, without folder and ending; also of its setting. */
export function pageOf(code: RuleCode): string {
  return code.slice('wasi/'.length);
}
