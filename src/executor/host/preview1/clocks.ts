import { toldMonotonic, toldWall } from '../clocks.ts';
import type { Context, HostFunctions } from './context.ts';
import { Errno } from './errno.ts';

/** Preview 1's `clockid`; the CPU-time clocks, 2 and 3, don't exist here, as on wasmtime. */
export const clockId = { realtime: 0, monotonic: 1, threadCpuTime: 3 } as const;

export function clockFunctions({ world: { clocks }, memory }: Context): HostFunctions {
  const check = (id: number) => {
    if (id >>> 0 > clockId.threadCpuTime) throw new Errno('EINVAL');
    if (id > clockId.monotonic) throw new Errno('EBADF');
  };
  return {
    clock_res_get(id: number, result: number) {
      check(id);
      memory.setU64(result, 0, clocks.resolution);
    },
    clock_time_get(id: number, _precision: bigint, result: number) {
      check(id);
      memory.setU64(result, 0, id === clockId.realtime ? toldWall(clocks) : toldMonotonic(clocks));
    },
  };
}
