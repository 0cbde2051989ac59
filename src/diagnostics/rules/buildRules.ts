import type { Rule } from '../rule.ts';

/** What only a build tells. How each is recognised, and what mends it, is in compiler/knownFailures.ts. */
export const buildRules: readonly Rule[] = [
  {
    code: 'wasi/target-not-installed',
    title: 'A target that is not installed',
    explanation:
      "Rust comes with its library for this machine only; each further target's is added with rustup.",
    severity: 'error',
  },
  {
    code: 'wasi/randomness',
    title: 'No source of randomness',
    explanation:
      'getrandom asks the system for random numbers, and wasm32-unknown-unknown has no system to ask.',
    severity: 'error',
  },
  {
    code: 'wasi/component-linker',
    title: 'A toolchain without the linker',
    explanation:
      "Distributions' packages of Rust often leave out the linkers for WebAssembly, which rustup's toolchains have.",
    severity: 'error',
  },
  {
    code: 'wasi/newer-rustc',
    title: 'A dependency that wants a newer Rust',
    explanation: 'A package names the oldest Rust that it compiles with, and the installed one is older.',
    severity: 'error',
  },
  {
    code: 'wasi/wasm-opt-features',
    title: 'wasm-opt refuses the module',
    explanation:
      'strip = true drops the list of features that a module uses, and wasm-opt then takes them for forbidden.',
    severity: 'error',
  },
  {
    code: 'wasi/no-runner',
    title: 'cargo run without a runner',
    explanation: 'cargo run starts what it built as a program of this machine, which a .wasm file is not.',
    severity: 'error',
  },
  {
    code: 'wasi/build-failed',
    title: 'The build failed',
    explanation: 'cargo or the compiler found an error that is not one of those with a page of their own.',
    severity: 'error',
  },
];
