import type { Preopen } from '../../../../../src/shared/runRequest.ts';
import { encodeUtf8 } from '../../../../../src/shared/text.ts';
import { ComponentError } from '../../../../../src/executor/component/componentError.ts';
import { systemClocks } from '../../../../../src/executor/host/clocks.ts';
import { openFilesystem } from '../../../../../src/executor/host/filesystem/filesystem.ts';
import { type HostInterfaces, preview2 } from '../../../../../src/executor/host/preview2/preview2.ts';
import { HttpThread } from '../../../../../src/executor/host/http/httpThread.ts';
import { seededRandom } from '../../../../../src/executor/host/random.ts';
import { InputPipe, OutputPipe } from '../../../../../src/executor/host/stdio.ts';

export interface TestHost extends Disposable {
  readonly host: HostInterfaces;
  readonly stdout: () => string;
  /** A function of an interface. */
  readonly call: (iface: string, name: string, ...args: unknown[]) => unknown;
}

/** WASI 0.2 over given stdin, a stdout of 10,000 bytes unless said, and folders. */
export function testHost({
  input = '',
  cap = 10_000,
  preopens = [],
}: { input?: string; cap?: number; preopens?: Preopen[] } = {}): TestHost {
  let stdout = '';
  const filesystem = openFilesystem(preopens);
  const host = preview2(
    {
      argv: [],
      env: [],
      stdin: new InputPipe(encodeUtf8(input)),
      stdout: new OutputPipe(cap, (bytes) => {
        stdout += Buffer.from(bytes).toString('latin1');
      }),
      stderr: new OutputPipe(cap, () => undefined),
      clocks: systemClocks(),
      random: seededRandom(1),
      preopens,
    },
    filesystem,
    new HttpThread(null),
  );
  return {
    host,
    stdout: () => stdout,
    call: (iface, name, ...args) => (host[iface]![name] as (...args: unknown[]) => unknown)(...args),
    [Symbol.dispose]: () => filesystem.close(),
  };
}

/** What a call answers with as its error. */
export function answer(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    if (error instanceof ComponentError) return error.payload;
    throw error;
  }
  throw new Error('it did not answer with an error');
}
