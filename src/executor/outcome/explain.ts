import type { Limits } from '../../shared/limits.ts';
import { originOf } from '../../profile/origin.ts';
import { stablePath } from '../../profile/stablePath.ts';
import { grouped } from '../../shared/text.ts';
import {
  asErrorValue,
  type ErrorValue,
  errorValue,
  type Frame,
  WorkbenchError,
} from '../../shared/workbenchError.ts';
import { badInput, endedTooEarly } from './badInput.ts';
import { askedForTime, notGiven } from './notGiven.ts';
import { fromFirstUserFrame, isRecursion } from './backtrace.ts';
import type { Ending } from './ending.ts';
import { placeInOwnCode } from './hottestLine.ts';
import { findPanic, type Panic } from './panic.ts';
import { withPlaceOf } from './panicFrames.ts';
import { trapWords } from './traps.ts';

/** What is known about a run at its end, besides how it ended. */
export interface RunFacts {
  readonly limits: Limits;
  readonly outOfFuel: boolean;
  readonly growthRefused: boolean;
  /** Whether the program asked for a socket, or for a name's addresses. */
  readonly triedSocket: boolean;
  /** Whether the program asked for its input, and there was none. */
  readonly missedInput: boolean;
  readonly stderr: string;
  /** Whether it is a bare module, which has no stderr for a panic's message. */
  readonly isBare: boolean;
  /** Of what was thrown, or of where time ran out; innermost first. */
  readonly backtrace: readonly Frame[];
}

/** The error value of a run's end; null where it is a success. */
export function explain(ending: Ending, facts: RunFacts): ErrorValue | null {
  switch (ending.kind) {
    case 'returned':
    case 'exited':
      return ending.code === 0 ? null : explainExit(ending.code, facts);
    case 'timed out':
      return ending.reason === undefined
        ? outOfTime(facts.limits, facts.backtrace)
        : waitedTooLong(ending.reason, facts.backtrace);
    case 'stopped':
      return stopped();
    case 'threw':
      return facts.outOfFuel ? outOfFuel(facts) : explainThrown(ending.error, facts);
  }
}

export function outOfTime({ maxExecutionSeconds }: Limits, backtrace: readonly Frame[] = []): ErrorValue {
  const place = placeInOwnCode(backtrace);
  return errorValue(
    'out-of-time',
    `The program did not end within ${maxExecutionSeconds} ${maxExecutionSeconds === 1 ? 'second' : 'seconds'}.`,
    {
      hint: `Raise the time limit, or look for an endless loop or a long wait${place === null ? '.' : `: it was at ${place}.`}`,
      actions: [{ kind: 'raise-limit', limit: 'maxExecutionSeconds' }],
      backtrace,
    },
  );
}

function waitedTooLong(reason: string, backtrace: readonly Frame[]): ErrorValue {
  return errorValue('out-of-time', reason, {
    hint: 'Give requests a shorter first-byte time-out, or stop asking a host that did not answer.',
    backtrace,
  });
}

export function stopped(): ErrorValue {
  return errorValue('stopped', 'The run was stopped.', { hint: 'Run it again when you are ready.' });
}

function outOfFuel({ limits, backtrace }: RunFacts): ErrorValue {
  const place = placeInOwnCode(backtrace);
  return errorValue(
    'out-of-fuel',
    `The program used up its limit of ${grouped(limits.maxInstructions)} fuel.`,
    {
      cause: 'wasm trap: all fuel consumed by WebAssembly',
      hint:
        place === null
          ? 'Raise the limit, maxInstructions, or find the loop that uses the most.'
          : `Raise the limit, maxInstructions, or find the loop that uses the most: it was at ${place}.`,
      actions: [{ kind: 'raise-limit', limit: 'maxInstructions' }],
      backtrace,
    },
  );
}

/** Where a thread's panic unwinds, Rust's runtime exits with this. */
const panicExitCode = 101;

function explainExit(code: number, facts: RunFacts): ErrorValue {
  const panic = code === panicExitCode ? findPanic(facts.stderr) : null;
  if (panic !== null) return panicked(panic, `exit status ${code}`, facts);
  const silent = facts.stderr.trim() === '';
  if (facts.missedInput && endedTooEarly(facts.stderr)) {
    return errorValue('exit', `The program exited with code ${code}: it ${wasRunWithNone}.`, {
      cause: `exit status ${code}`,
      ...runWithInput,
    });
  }
  return errorValue('exit', `The program exited with code ${code}.`, {
    cause: `exit status ${code}`,
    hint: !silent
      ? (notGiven(facts.stderr, facts) ?? 'Its stderr says why.')
      : code === 1
        ? 'Nothing was printed to stderr: main returned an error, or called exit; the code of a wasm32-wasip2 program arrives as 1 whatever it was. Print the error with eprintln! to see it.'
        : 'Nothing was printed to stderr; print the reason with eprintln! before the exit.',
  });
}

function explainThrown(error: unknown, facts: RunFacts): ErrorValue {
  if (error instanceof WorkbenchError) return error.value;
  if (isStackExhausted(error)) return stackOverflow('call stack exhausted', facts, false);
  if (isOutOfHostMemory(error)) return outOfMemory(null, error.message, facts);
  if (!(error instanceof WebAssembly.RuntimeError)) return asErrorValue(error);
  const trap = trapWords(error.message);
  const cause = `wasm trap: ${trap}`;
  const refused = /memory allocation of (\d+) bytes failed/.exec(facts.stderr)?.[1];
  if (facts.growthRefused && refused !== undefined) return outOfMemory(Number(refused), cause, facts);
  const panic = error.message === 'unreachable' ? findPanic(facts.stderr) : null;
  if (panic !== null) return panicked(panic, cause, facts);
  if (trap === 'out of bounds memory access' && isRecursion(facts.backtrace)) {
    return stackOverflow(cause, facts, true);
  }
  const { isBare, backtrace } = facts;
  return errorValue('trap', `The program trapped: ${trap}.`, {
    cause,
    hint: isBare && error.message === 'unreachable' ? barePanic(backtrace) : whereItTrapped(backtrace),
    backtrace,
  });
}

function whereItTrapped(backtrace: readonly Frame[]): string {
  const place = placeInOwnCode(backtrace);
  if (place !== null) return `Look at ${place}, which led there.`;
  return backtrace.some(({ function: name }) => !name.startsWith('wasm-function['))
    ? 'The backtrace shows where.'
    : 'The backtrace shows where. Function names need a build that keeps them (strip = false).';
}

function barePanic(backtrace: readonly Frame[]): string {
  return askedForTime(backtrace)
    ? 'A bare module has no clock, and panics where it asks for the time: build the program for wasm32-wasip2 or wasm32-wasip1, or give it the time as its input.'
    : 'A panic of a bare module ends like this, as its message has nowhere to go: build the program for wasm32-wasip2 or wasm32-wasip1 to read it. The backtrace shows where.';
}

export function isStackExhausted(error: unknown): boolean {
  return error instanceof RangeError && error.message === 'Maximum call stack size exceeded';
}

/** V8 could not reserve a memory, or the host could not allocate a buffer. */
function isOutOfHostMemory(error: unknown): error is RangeError {
  return (
    error instanceof RangeError && /could not allocate|cannot allocate|allocation failed/i.test(error.message)
  );
}

const wasRunWithNone = 'reads its input, but was run with none';

const runWithInput = {
  hint: 'Give it one: “Run with Input…” in VS Code, --input TEXT or --input-file FILE on the command line.',
  actions: [{ kind: 'run-with-input' }],
} as const;

function panicked(panic: Panic, cause: string, facts: RunFacts): ErrorValue {
  const { origin } = originOf(panic.file);
  // A dependency's path is long, and of this machine.
  const place = `${origin === 'dependency' ? stablePath(panic.file) : panic.file}:${panic.line}:${panic.column}`;
  const backtrace = withPlaceOf(panic, fromFirstUserFrame(facts.backtrace));
  const own = origin === 'yours' ? null : placeInOwnCode(backtrace);
  const line = own ?? `${panic.file}, line ${panic.line}`;
  if (facts.missedInput && endedTooEarly(panic.message)) {
    return errorValue('panic', `The program ${wasRunWithNone} (it panicked at ${place}).`, {
      cause: `${panic.message}\n${cause}`,
      ...runWithInput,
      backtrace,
    });
  }
  const wrong = badInput(panic.message);
  if (wrong !== null) {
    return errorValue('panic', `The program unwrapped bad input at ${place}: ${wrong}.`, {
      cause: `${panic.message}\n${cause}`,
      hint: `Give it the input that it expects, or handle the error in ${line}, in place of the unwrap.`,
      backtrace,
    });
  }
  return errorValue('panic', `The program panicked at ${place}: ${panic.message}`, {
    cause,
    hint: notGiven(panic.message, facts) ?? `Look at ${line}${own === null ? '' : ', which led there'}.`,
    backtrace,
  });
}

function stackOverflow(cause: string, { backtrace }: RunFacts, inMemory: boolean): ErrorValue {
  return errorValue(
    'stack-overflow',
    'The program ran out of stack: its functions call each other too deeply.',
    {
      cause,
      hint: inMemory
        ? 'Bound the recursion, or give the program a larger stack: -C link-arg=-zstack-size=N in rustflags, N in bytes.'
        : 'Bound the recursion, or turn it into a loop.',
      backtrace,
    },
  );
}

function outOfMemory(bytes: number | null, cause: string, { limits, backtrace }: RunFacts): ErrorValue {
  const what =
    bytes === null ? 'its memory could not be allocated' : `an allocation of ${grouped(bytes)} bytes failed`;
  return errorValue('out-of-memory', `The program ran out of memory: ${what}.`, {
    cause,
    hint: `Raise the memory limit of ${limits.maxMemoryMb} MiB, or use less memory.`,
    actions: [{ kind: 'raise-limit', limit: 'maxMemoryMb' }],
    backtrace,
  });
}
