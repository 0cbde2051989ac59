import type { Rule } from '../rule.ts';

/** What only a run tells. What is said of each is the error of the run itself; errors/ruleOfError.ts tells them apart. */
export const runRules: readonly Rule[] = [
  {
    code: 'wasi/panic',
    title: 'The program panicked',
    explanation: 'Rust ends a program that finds itself in a state it was not written for, and says where.',
    severity: 'error',
  },
  {
    code: 'wasi/trap',
    title: 'The program trapped',
    explanation:
      'WebAssembly ends a program that does what it must not, such as reading outside of its memory.',
    severity: 'error',
  },
  {
    code: 'wasi/out-of-fuel',
    title: 'Out of fuel',
    explanation: 'A run may take only so much fuel, and the program needed more.',
    severity: 'error',
  },
  {
    code: 'wasi/out-of-time',
    title: 'Out of time',
    explanation:
      'A run may take only so long by the clock. The OutLayer worker bills all of its instructions then.',
    severity: 'error',
  },
  {
    code: 'wasi/out-of-memory',
    title: 'Out of memory',
    explanation: 'A memory may grow only so far, and an allocation needed more.',
    severity: 'error',
  },
  {
    code: 'wasi/stack-overflow',
    title: 'Out of stack',
    explanation:
      'Functions called each other more deeply than the stack has room for: 1 MiB unless the linker is told otherwise.',
    severity: 'error',
  },
  {
    code: 'wasi/exit-status',
    title: 'The program failed by its own decision',
    explanation: 'main returned an error, or the program called exit with a number that says failure.',
    severity: 'error',
  },
  {
    code: 'wasi/no-preopen',
    title: 'A file outside of the folders that were given',
    explanation: 'A program sees only the folders that a run gives it; a path in any other is not found.',
    severity: 'error',
  },
  {
    code: 'wasi/network-denied',
    title: 'The network was refused',
    explanation: 'Sockets are closed to programs here, and HTTP to private addresses is refused.',
    severity: 'error',
  },
  {
    code: 'wasi/env-missing',
    title: 'An environment variable that is not set',
    explanation: 'The environment of a run holds only what is given to it.',
    severity: 'error',
  },
  {
    code: 'wasi/platform-unsupported',
    title: 'Not supported on this platform',
    explanation: "Rust's library has the function, and the target has nothing to do it with.",
    severity: 'error',
  },
  {
    code: 'wasi/empty-output',
    title: 'The run printed nothing',
    explanation: 'The output of a run is what the program prints to stdout.',
    severity: 'hint',
  },
  {
    code: 'wasi/output-not-json',
    title: 'The output is no JSON',
    explanation: 'JSON was asked for, and all of stdout has to be one JSON value.',
    severity: 'error',
  },
];
