import type { Filesystem } from '../filesystem/filesystem.ts';
import type { World } from '../world.ts';
import { argsFunctions } from './args.ts';
import { clockFunctions } from './clocks.ts';
import type { Context, HostFunctions } from './context.ts';
import { DescriptorTable } from './descriptors.ts';
import { errnoOf } from './errno.ts';
import { fdIoFunctions } from './fdIo.ts';
import { fdStateFunctions } from './fdState.ts';
import { GuestMemory } from './guestMemory.ts';
import { pathFunctions } from './paths.ts';
import { pollFunctions } from './poll.ts';
import { processFunctions } from './process.ts';
import { readdirFunctions } from './readdir.ts';
import { differentInUnstable } from './signatures.ts';
import { socketFunctions } from './sockets.ts';

type Import = (...args: never[]) => number;

/** WASI preview 1 for one run. */
export interface Preview1 {
  /** To instantiate with: by module, `wasi_snapshot_preview1` or the older `wasi_unstable`, then by function. */
  readonly imports: Readonly<Record<string, Readonly<Record<string, Import>>>>;
  /** Hands over the guest's memory, before its first instruction runs. */
  attach(memory: WebAssembly.Memory): void;
}

/**
 * All of preview 1 over the world: what a guest can see is what wasmtime 28 shows it, since a guest pays fuel for
 * what it makes of results. Where wasmtime traps over an argument, for a pointer out of bounds or a flag that doesn't
 * exist, the guest gets EFAULT or EINVAL here, as the specification leaves room for.
 */
export function preview1(world: World, filesystem: Filesystem): Preview1 {
  const memory = new GuestMemory();
  const context: Context = { world, memory, descriptors: new DescriptorTable(world, filesystem) };
  const all = guarded({
    ...argsFunctions(context),
    ...clockFunctions(context),
    ...fdIoFunctions(context),
    ...fdStateFunctions(context),
    ...readdirFunctions(context),
    ...pathFunctions(context),
    ...pollFunctions(context),
    ...processFunctions(context),
    ...socketFunctions(context),
  });
  const functions = world.hostCalls?.ofPreview1(all, () => memory.attached) ?? all;
  return {
    imports: { wasi_snapshot_preview1: functions, wasi_unstable: unstable(functions) },
    attach: (attached) => memory.attach(attached),
  };
}

function guarded(functions: HostFunctions): Record<string, Import> {
  const guard =
    (call: (...args: never[]) => void): Import =>
    (...args) => {
      try {
        call(...args);
        return 0;
      } catch (error) {
        return errnoOf(error);
      }
    };
  return Object.fromEntries(Object.entries(functions).map(([name, call]) => [name, guard(call)]));
}

/** The snapshot before, as far as it is the same: its numbers for seeking are current, end, set. */
function unstable(functions: Record<string, Import>): Record<string, Import> {
  const same = Object.entries(functions).filter(([name]) => !differentInUnstable.has(name));
  const seek = functions['fd_seek'] as (fd: number, offset: bigint, whence: number, result: number) => number;
  const whences = [1, 2, 0];
  return {
    ...Object.fromEntries(same),
    fd_seek: (fd: number, offset: bigint, whence: number, result: number) =>
      seek(fd, offset, whences[whence] ?? whence, result),
  };
}
