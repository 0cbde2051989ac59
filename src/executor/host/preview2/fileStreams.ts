import { trap } from '../../component/trap.ts';
import { FilesystemError } from '../filesystem/error.ts';
import type { FileDescriptor } from '../filesystem/file.ts';
import { closed, lastOperationFailed } from './ioError.ts';
import { readBuffer } from './readBuffer.ts';
import type { Sink, Source } from './streams.ts';

/** An open file with its users counted: its streams outlive the descriptor that they were made from. */
export class SharedFile {
  readonly file: FileDescriptor;
  #users = 1;

  constructor(file: FileDescriptor) {
    this.file = file;
  }

  share(): this {
    this.#users++;
    return this;
  }

  release(): void {
    if (--this.#users === 0) this.file.close();
  }
}

/** What a stream reads when it is waited for before it is asked for anything (wasmtime-wasi 28). */
const defaultReadSize = 4096;
/** What `check-write` permits on a file (wasmtime-wasi 28). */
const writePermit = 1024 * 1024;

type Outcome =
  | { readonly state: 'data'; readonly bytes: Uint8Array }
  | { readonly state: 'failed'; readonly error: FilesystemError }
  | { readonly state: 'closed' };

/**
 * Reads a file from `position` on, in the steps of wasmtime-wasi 28: a read that does not block only starts one and
 * answers with nothing; what it brought is there after the stream was waited for. Guests pay for these rounds.
 */
export function fileSource(shared: SharedFile, position: bigint): Source {
  let at = position;
  let started: Outcome | null = null;
  let current: Outcome | null = null;

  function fetch(most: number): Outcome {
    try {
      const bytes = readBuffer(shared.file, at, most);
      const length = shared.file.read(bytes, at);
      return length === 0 ? { state: 'closed' } : { state: 'data', bytes: bytes.subarray(0, length) };
    } catch (error) {
      if (error instanceof FilesystemError) return { state: 'failed', error };
      throw error;
    }
  }

  function finish(): void {
    if (started === null) return;
    current = started;
    started = null;
  }

  function take(from: Outcome, most: number): Uint8Array {
    if (from.state === 'closed') throw closed();
    if (from.state === 'failed') {
      current = { state: 'closed' };
      throw lastOperationFailed(from.error);
    }
    const chunk = from.bytes.subarray(0, most);
    const rest = from.bytes.subarray(chunk.length);
    current = rest.length === 0 ? null : { state: 'data', bytes: rest };
    at += BigInt(chunk.length);
    return chunk;
  }

  return {
    read(most) {
      if (current !== null) return take(current, most);
      if (started === null && most > 0) started = fetch(most);
      return new Uint8Array(0);
    },
    blockingRead(most) {
      finish();
      current ??= fetch(most);
      return take(current, most);
    },
    ready() {
      if (current === null) started ??= fetch(defaultReadSize);
      finish();
    },
    close: () => shared.release(),
  };
}

/**
 * Writes a file from `position` on, or at its end (null), in the steps of wasmtime-wasi 28: after a write nothing is
 * permitted until the stream was waited for.
 */
export function fileSink(shared: SharedFile, position: bigint | null): Sink {
  let at = position;
  let state: 'ready' | 'writing' | 'closed' = 'ready';
  let failure: FilesystemError | null = null;

  function writeAll(bytes: Uint8Array): void {
    let rest = bytes;
    do {
      const length = at === null ? shared.file.append(rest) : shared.file.write(rest, at);
      if (at !== null) at += BigInt(length);
      rest = rest.subarray(length);
    } while (rest.length > 0);
  }

  function attempt(bytes: Uint8Array): FilesystemError | null {
    try {
      writeAll(bytes);
      return null;
    } catch (error) {
      if (error instanceof FilesystemError) return error;
      throw error;
    }
  }

  function throwPending(): void {
    if (state === 'closed') throw closed();
    if (state === 'writing' || failure === null) return;
    state = 'closed';
    throw lastOperationFailed(failure);
  }

  const ready = (): void => {
    if (state === 'writing') state = 'ready';
  };

  return {
    checkWrite() {
      throwPending();
      return state === 'writing' ? 0 : writePermit;
    },
    write(bytes) {
      if (state === 'closed') throw closed();
      if (state === 'writing' || failure !== null) trap('write not permitted: check_write not called first');
      failure = attempt(bytes);
      state = 'writing';
    },
    flush: throwPending,
    ready,
    blockingWriteAndFlush(bytes) {
      ready();
      throwPending();
      failure = attempt(bytes);
      throwPending();
    },
    close: () => shared.release(),
  };
}
