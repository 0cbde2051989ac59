import { GuestExit } from '../../guest.ts';
import type { World } from '../world.ts';
import { outputSink, stdinSource } from './stdio.ts';
import { InputStream, OutputStream } from './streams.ts';
import { Unreachable } from './unreachable.ts';

/** `wasi:cli/environment`. */
export function environment(world: World): Record<string, unknown> {
  return {
    getEnvironment: () => world.env,
    getArguments: () => world.argv,
    initialCwd: () => undefined,
  };
}

/** `wasi:cli/exit`: preview 2 knows success and failure; a code of its own is unstable, but some toolchains ask for it. */
export const exit = {
  exit(status: { readonly tag: 'ok' | 'err' }): never {
    throw new GuestExit(status.tag === 'ok' ? 0 : 1);
  },
  exitWithCode(code: number): never {
    throw new GuestExit(code);
  },
};

/** `wasi:cli/stdin`, `stdout` and `stderr`. Every stream that is asked for is one more door to the same pipe. */
export function standardStreams(world: World): Record<string, Record<string, unknown>> {
  const { clocks } = world;
  const input = stdinSource(world.stdin);
  const output = outputSink(world.stdout);
  const errors = outputSink(world.stderr);
  return {
    'wasi:cli/stdin': { getStdin: () => new InputStream(input, clocks) },
    'wasi:cli/stdout': { getStdout: () => new OutputStream(output, clocks) },
    'wasi:cli/stderr': { getStderr: () => new OutputStream(errors, clocks) },
  };
}

/** The `terminal-*` interfaces: no stream of a run is a terminal. */
export const terminals: Record<string, Record<string, unknown>> = {
  'wasi:cli/terminal-input': { TerminalInput: Unreachable },
  'wasi:cli/terminal-output': { TerminalOutput: Unreachable },
  'wasi:cli/terminal-stdin': { getTerminalStdin: () => undefined },
  'wasi:cli/terminal-stdout': { getTerminalStdout: () => undefined },
  'wasi:cli/terminal-stderr': { getTerminalStderr: () => undefined },
};
