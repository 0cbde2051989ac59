import { trap } from '../../component/trap.ts';
import type { InputPipe, OutputPipe } from '../stdio.ts';
import { closed } from './ioError.ts';
import type { Sink, Source } from './streams.ts';

/** stdin: always ready, and closed once all has been read. */
export function stdinSource(pipe: InputPipe): Source {
  const read = (most: number): Uint8Array => {
    const atEnd = pipe.remaining === 0;
    const bytes = pipe.read(most);
    if (atEnd) throw closed();
    return bytes;
  };
  return { read, blockingRead: read, ready: () => undefined };
}

/**
 * stdout or stderr, as wasmtime's memory pipe: always ready, permits all that is left of the cap, and is closed from
 * the moment that nothing is, which the flush after the last byte that fits is told already.
 */
export function outputSink(pipe: OutputPipe): Sink {
  const checkWrite = (): number => {
    if (pipe.remaining === 0) throw closed();
    return pipe.remaining;
  };
  const write = (bytes: Uint8Array): void => {
    if (bytes.length > pipe.remaining) trap('write beyond what check-write permits');
    pipe.write(bytes);
  };
  return {
    checkWrite,
    write,
    flush: () => undefined,
    ready: () => undefined,
    blockingWriteAndFlush(bytes) {
      let rest = bytes;
      do {
        const most = Math.min(rest.length, checkWrite());
        write(rest.subarray(0, most));
        rest = rest.subarray(most);
      } while (rest.length > 0);
      checkWrite();
    },
  };
}
