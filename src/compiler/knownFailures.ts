import type { RuleCode } from '../shared/ruleCode.ts';
import { type ErrorAction, WorkbenchError } from '../shared/workbenchError.ts';

/** A failure people meet often: how it shows in what cargo, rustc or a linker print, and what mends it. */
export interface KnownFailure {
  readonly pattern: RegExp;
  /** One sentence; `$1` is the pattern's first group. */
  readonly hint: string;
  readonly actions?: readonly ErrorAction[];
  /** The mistake that it is, where it is one with a page of its own. */
  readonly rule?: RuleCode;
}

const undefinedSymbol =
  'Nothing defines $1: link the code that does, or declare it with #[link(wasm_import_module = "…")] where the host provides it.';

/** The first that matches wins, so the more particular stands above the more general. */
export const knownFailures: readonly KnownFailure[] = [
  {
    pattern: /toolchain '([^']+)' is not installed/,
    hint: 'Install the toolchain that rust-toolchain.toml or an override asks for: rustup toolchain install $1',
  },
  {
    pattern: /could not find specification for target "wasm32-wasi"|target `?wasm32-wasi`? not found/,
    hint: 'Rust 1.84 removed wasm32-wasi: build for its new name, wasm32-wasip1.',
    actions: [{ kind: 'build-for-target', target: 'wasm32-wasip1' }],
    rule: 'wasi/old-target-name',
  },
  {
    pattern: /requires rustc (\d+\.\d+[.\d]*)|rustc [\d.]+ is not supported by the following packages?/,
    hint: 'Update the toolchain with rustup update, or pin the package to an older version in Cargo.toml.',
    rule: 'wasi/newer-rustc',
  },
  {
    pattern: /target `([^`]+)` in package `[^`]+` requires the features: ([^\n]+)/,
    hint: 'Build $1 with the features it requires: $2',
  },
  {
    pattern: /a bin target must be available|no targets specified in the manifest/,
    hint: 'Add src/main.rs with fn main(), or a [[bin]] section in Cargo.toml.',
    rule: 'wasi/no-program',
  },
  {
    pattern: /could not determine which binary to run/,
    hint: 'Name the program with --bin, or as default-run in Cargo.toml.',
    rule: 'wasi/several-programs',
  },
  {
    pattern: /entry symbol not defined[^:]*: _initialize/,
    hint: 'Make the library a program: a [[bin]] with fn main() instead of [lib] with crate-type cdylib.',
    rule: 'wasi/missing-start',
  },
  {
    pattern: /`main` function not found in crate/,
    hint: 'Add fn main() to this file; a program starts there.',
    rule: 'wasi/missing-start',
  },
  {
    pattern: /unsafe attribute used without unsafe/,
    hint: 'Edition 2024 wants #[unsafe(no_mangle)] where older editions had #[no_mangle].',
    rule: 'wasi/unsafe-attribute',
  },
  {
    pattern: /wasm[\w*/]*-unknown-unknown (?:targets? )?(?:is|are) not supported by default/,
    hint: 'Bare modules have no source of randomness: build for wasm32-wasip1 or wasm32-wasip2, or give getrandom a custom backend.',
    actions: [
      { kind: 'build-for-target', target: 'wasm32-wasip2' },
      { kind: 'build-for-target', target: 'wasm32-wasip1' },
    ],
    rule: 'wasi/randomness',
  },
  {
    pattern:
      /wasm target is unsupported by mio|Only features sync,macros,io-util,rt,time are supported on wasm|Socket2 doesn't support|could not compile `(?:mio|socket2)`|(?:unresolved import|found for struct) `mio::net::|find `blocking` in `reqwest`|unresolved import `reqwest::blocking/,
    hint: 'This crate wants sockets, which programs here lack: use an HTTP crate made for wasi:http on wasm32-wasip2, and tokio without its net feature.',
    rule: 'wasi/sockets-crate',
  },
  {
    pattern: /linker `(?:[^`]*[\\/])?wasm-component-ld(?:\.exe)?` not found/,
    hint: "This toolchain lacks the component linker; rustup's has it. Install Rust with rustup.",
    actions: [{ kind: 'open-link', url: 'https://rustup.rs' }],
    rule: 'wasi/component-linker',
  },
  {
    pattern: /linker `((?:[^`]*[\\/])?(?:rust-lld|wasm-ld|lld)[^`]*)` not found/,
    hint: "This toolchain lacks the linker $1; rustup's has it. Install Rust with rustup, or lld with the system's packages.",
    actions: [{ kind: 'open-link', url: 'https://rustup.rs' }],
    rule: 'wasi/component-linker',
  },
  {
    pattern: /linker `([^`]+)` not found/,
    hint: 'Build scripts and macros are linked for this machine: install a C toolchain that has $1.',
  },
  {
    pattern:
      /failed to find tool "?clang|Is `?clang`? installed|error occurred in cc-rs|\b(?:std\w+|string|errno|assert)\.h['`: ]*(?:file)? ?(?:not found|No such file)|failed to run custom build command for `(?:ring|openssl-sys|libsodium-sys|secp256k1-sys)/i,
    hint: 'A dependency has C code, for which Rust alone is not enough: use a pure Rust crate instead, or install a wasi-sdk and name its clang in CC_$TARGET.',
    rule: 'wasi/c-code',
  },
  {
    pattern: /failed to resolve import `env::([^`]+)`/,
    hint: undefinedSymbol,
    rule: 'wasi/unresolved-import',
  },
  {
    pattern: /undefined symbol: ([^\s>]+)/,
    hint: undefinedSymbol,
    rule: 'wasi/unresolved-import',
  },
  {
    pattern: /used features should be allowed|Bulk memory operations? requires? bulk memory/i,
    hint: 'Set strip = "debuginfo" (or none) under [profile.release] in Cargo.toml: strip = true drops the target_features section, by which wasm-opt knows what the module uses.',
    rule: 'wasi/wasm-opt-features',
  },
  {
    // `cargo run` in a terminal: Linux and macOS, Windows, and a shell that takes the file for a script.
    pattern:
      /could not execute process `[^`]*\.wasm[^]*os error (?:8|193)|\.wasm: \d+: (?:Syntax error|[^\n]*not found)|\.wasm: cannot execute binary file/,
    hint: 'This machine cannot start a .wasm file: run it here, or with wasi-workbench run.',
    rule: 'wasi/no-runner',
  },
  {
    pattern:
      /the lock file [^\n]* needs to be updated but --locked was passed|cannot (?:create|update) the lock file[^\n]* because --locked/,
    hint: 'Cargo.lock is out of date: run cargo update or cargo build once without --locked.',
  },
  {
    pattern:
      /you're using offline mode|--offline was (?:specified|passed)|to prevent a network request|perhaps a crate was updated and forgotten to be re-vendored/,
    hint: 'A dependency is not on this machine yet: run cargo fetch once with the network, or build without --offline.',
  },
  {
    pattern:
      /failed to (?:download|fetch|get)[^\n]*[\s\S]*(?:Could ?n.t resolve host|Couldn't resolve host|network failure|Timeout was reached|spurious network)/i,
    hint: 'The network could not be reached: check it, or build offline once the dependencies have been fetched.',
  },
  {
    pattern: /the package [`']([^`']+)[`'] does not contain (?:this|these) features?: ([^\n]+)/,
    hint: 'Look up the features of $1 in its Cargo.toml.',
  },
  {
    pattern: /profile `[^`]+` is not defined|profile name `debug` is reserved/,
    hint: 'Use one of the profiles release and dev, or define this one in Cargo.toml.',
  },
  {
    pattern: /signal: 9, SIGKILL/,
    hint: 'The system ended a compiler, most often for want of memory: build with fewer jobs, as with --jobs 1.',
  },
  {
    pattern: /No space left on device|os error 28\b|os error 112\b/,
    hint: 'The disk is full: free some space; cargo clean deletes what was built before.',
  },
  {
    pattern:
      /failed to parse manifest at|failed to load manifest|^error: [^\n]*\n\s*--> [^\n]*Cargo\.toml:\d/,
    hint: 'Mend Cargo.toml at the place that the cause names.',
  },
];

/** The row that knows a text. */
export function knownFailure(text: string): KnownFailure | undefined {
  return knownFailures.find(({ pattern }) => pattern.test(text));
}

/** What the row that knows a text says of it, with its hint made out. */
export function recognise(text: string): Pick<WorkbenchError['value'], 'hint' | 'actions'> | null {
  const known = knownFailure(text);
  if (known === undefined) return null;
  const match = known.pattern.exec(text);
  const hint = known.hint.replace(/\$(\d)/g, (_, n: string) => match?.[Number(n)] ?? '');
  return { hint, actions: known.actions ?? [] };
}

/** A `build-failed` error from what a tool printed, with the hint of the row that knows it. */
export function explainFailure(stderr: string, otherwise: string): WorkbenchError {
  const first = /^error(?:\[\w+\])?: (.+)$/m.exec(stderr)?.[1];
  return new WorkbenchError('build-failed', sentence(first ?? otherwise), {
    cause: stderr.trim() || null,
    ...(recognise(stderr) ?? {
      hint: 'The cause has the whole text; the first error in it is the one to mend.',
      actions: [],
    }),
  });
}

/** Ends a text as a sentence ends. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
