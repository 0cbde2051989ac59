import { stderrCapBytes, stdoutCapBytes } from '../../shared/limits.ts';
import { defaultNetwork } from '../../shared/network.ts';
import type { RunRequest } from '../../shared/runRequest.ts';
import { systemClocks } from './clocks.ts';
import { HostCalls } from './hostCalls.ts';
import { MockServer } from './mocks/mockServer.ts';
import { seededRandom, systemRandom } from './random.ts';
import { InputPipe, OutputPipe } from './stdio.ts';
import { openTape } from './tape/openTape.ts';
import type { Tape } from './tape/tape.ts';
import type { World, WorldNetwork, WorldWorker } from './world.ts';

/**
 * The world of one run, as its request describes it.
 *
 * @param httpWorker the thread of the run's HTTP; without it there is no network
 * @param sinks take what the guest writes, in bytes that stay valid during the call only
 */
export function createWorld(
  { input, env, limits, options }: RunRequest,
  httpWorker: URL | undefined,
  worker: WorldWorker,
  sinks: { readonly stdout: (bytes: Uint8Array) => void; readonly stderr: (bytes: Uint8Array) => void },
): World {
  const clocks = systemClocks();
  const random = options.seed === null ? systemRandom() : seededRandom(options.seed);
  const tape = options.tape && openTape(options.tape, clocks, random);
  return {
    argv: options.argv,
    env,
    stdin: new InputPipe(input),
    stdout: new OutputPipe(stdoutCapBytes(limits), sinks.stdout),
    stderr: new OutputPipe(stderrCapBytes, sinks.stderr),
    clocks: tape?.clocks ?? clocks,
    random: tape?.random ?? random,
    preopens: options.preopens,
    worker,
    tried: { socket: false },
    ...(tape && { tape }),
    ...(httpWorker && { network: createNetwork(options, httpWorker, tape) }),
    ...(options.profile ? { hostCalls: new HostCalls() } : {}),
  };
}

function createNetwork(
  { network = defaultNetwork, mocks }: RunRequest['options'],
  workerUrl: URL,
  tape: Tape | undefined,
): WorldNetwork {
  const standIns = [tape?.standIn, mocks && new MockServer(mocks)].filter((each) => each !== undefined);
  return { options: network, workerUrl, attempts: [], standIns, ...(tape?.tap && { tap: tape.tap }) };
}
