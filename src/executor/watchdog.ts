import { Script } from 'node:vm';
import { type Ending, endingOf } from './outcome/ending.ts';

/** What the script below calls. A property of the global object, since a script of this context sees no other names. */
const slot = Symbol.for('wasi-workbench.guest');
const script = new Script(`globalThis[Symbol.for(${JSON.stringify(slot.description)})]()`, {
  filename: 'guest',
});

/**
 * Runs a guest's entry function on this thread, to its end or until `seconds` are over or SIGINT arrives.
 *
 * `vm.Script` is the one way to have V8 break into a loop of WebAssembly, or an `Atomics.wait`, from outside the
 * thread: its watchdog ends the guest with an error that guest frames can't catch, and the process, the guest's
 * memories and its counters live on. A host function that is blocked in a system call is beyond it.
 */
export function runGuarded(run: () => number, seconds: number): Ending {
  const globals = globalThis as unknown as Record<symbol, () => number>;
  globals[slot] = run;
  try {
    const timeout = Math.min(Math.max(1, Math.ceil(seconds * 1000)), longestTimeoutMs);
    const code = script.runInThisContext({ timeout, breakOnSigint: true }) as number;
    return { kind: 'returned', code };
  } catch (error) {
    return endingOf(error);
  } finally {
    Reflect.deleteProperty(globals, slot);
  }
}

/** Node.js keeps the watchdog's time in 32 bits. */
const longestTimeoutMs = 2 ** 31 - 1;
