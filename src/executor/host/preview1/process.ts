import { GuestExit } from '../../guest.ts';
import type { Context, HostFunctions } from './context.ts';
import { Errno } from './errno.ts';

/** Randomness, exit, signals and yielding. */
export function processFunctions({ world, memory }: Context): HostFunctions {
  return {
    random_get: (buffer: number, length: number) => world.random.fill(memory.bytes(buffer, length)),
    /** Any code ends the run with that code, as signed; wasmtime takes 0 to 125 and makes an error of others. */
    proc_exit(code: number) {
      throw new GuestExit(code);
    },
    proc_raise() {
      throw new Errno('ENOTSUP');
    },
    sched_yield() {
      // There is nothing else to run.
    },
  };
}
