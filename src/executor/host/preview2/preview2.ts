import type { Filesystem } from '../filesystem/filesystem.ts';
import type { HttpThread } from '../http/httpThread.ts';
import type { World } from '../world.ts';
import { environment, exit, standardStreams, terminals } from './cli.ts';
import { monotonicClock, wallClock } from './clocks.ts';
import { filesystemTypes, preopens } from './filesystem.ts';
import { http } from './http.ts';
import { IoError } from './ioError.ts';
import { pollInterface } from './poll.ts';
import { insecureRandom, insecureSeed, randomInterface } from './random.ts';
import { sockets } from './sockets.ts';
import { InputStream, OutputStream } from './streams.ts';

/**
 * Interfaces by name, without their version: any 0.2 is served by one object. In jco's convention: functions and
 * classes in camel case, a `result`'s error thrown as a ComponentError, u64 as bigint, `list<u8>` as Uint8Array.
 */
export type HostInterfaces = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** WASI 0.2 as one run's guest sees it. */
export function preview2(world: World, filesystem: Filesystem, network: HttpThread): HostInterfaces {
  const { clocks, random } = world;
  return {
    'wasi:cli/environment': environment(world),
    'wasi:cli/exit': exit,
    ...standardStreams(world),
    ...terminals,
    'wasi:io/error': { Error: IoError },
    'wasi:io/poll': pollInterface(clocks),
    'wasi:io/streams': { InputStream, OutputStream },
    'wasi:clocks/wall-clock': wallClock(clocks),
    'wasi:clocks/monotonic-clock': monotonicClock(clocks),
    'wasi:random/random': randomInterface(random),
    'wasi:random/insecure': insecureRandom(random),
    'wasi:random/insecure-seed': insecureSeed(random),
    'wasi:filesystem/types': filesystemTypes,
    'wasi:filesystem/preopens': preopens(filesystem, clocks),
    ...sockets(world),
    ...http(clocks, network),
  };
}
