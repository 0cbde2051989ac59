import type * as Streams from '@bytecodealliance/preview2-shim/interfaces/wasi-io-streams';
import { trap } from '../../component/trap.ts';
import type { Clocks } from '../clocks.ts';
import { Pollable, type Signal } from './poll.ts';

/** What an input stream reads from. Its methods throw the stream's errors (ioError.ts). */
export interface Source {
  /** Up to `most` bytes that are there now; valid until the next call. */
  read(most: number): Uint8Array;
  /** The same, getting ready first. */
  blockingRead(most: number): Uint8Array;
  /** Waits until `read` has something to say. */
  ready(): void;
  /** Set where it gets ready by itself, and can be waited for beside others. */
  readonly signal?: Signal;
  close?(): void;
}

/** What an output stream writes to. Its methods throw the stream's errors (ioError.ts). */
export interface Sink {
  /** Bytes that may be written now; 0 asks to wait until it is ready. */
  checkWrite(): number;
  /** Takes bytes that stay valid during the call only. */
  write(bytes: Uint8Array): void;
  flush(): void;
  ready(): void;
  /** Set where it gets ready by itself, and can be waited for beside others. */
  readonly signal?: Signal;
  blockingWriteAndFlush(bytes: Uint8Array): void;
  close?(): void;
}

/** The most that `blocking-write-and-flush` takes, as the interface has it. */
const mostBlocking = 4096;
const zeroChunk = new Uint8Array(65536);

/** A length from the guest as a number; beyond 2^53 they all mean "everything". */
function count(length: bigint): number {
  return Math.min(Number(length), Number.MAX_SAFE_INTEGER);
}

/** The streams of one run, as `wasi:io/streams` has them. What is read is copied by whoever lowers it. */
export class InputStream implements Streams.InputStream {
  readonly #source: Source;
  readonly #clocks: Clocks;

  constructor(source: Source, clocks: Clocks) {
    this.#source = source;
    this.#clocks = clocks;
  }

  read(length: bigint): Uint8Array {
    return this.#source.read(count(length));
  }

  blockingRead(length: bigint): Uint8Array {
    return this.#source.blockingRead(count(length));
  }

  skip(length: bigint): bigint {
    return BigInt(this.read(length).length);
  }

  blockingSkip(length: bigint): bigint {
    return BigInt(this.blockingRead(length).length);
  }

  subscribe(): Pollable {
    return new Pollable(this.#clocks, null, () => this.#source.ready(), this.#source.signal);
  }

  [Symbol.dispose](): void {
    this.#source.close?.();
  }
}

export class OutputStream implements Streams.OutputStream {
  readonly #sink: Sink;
  readonly #clocks: Clocks;

  constructor(sink: Sink, clocks: Clocks) {
    this.#sink = sink;
    this.#clocks = clocks;
  }

  checkWrite(): bigint {
    return BigInt(this.#sink.checkWrite());
  }

  write(contents: Uint8Array): void {
    this.#sink.write(contents);
  }

  blockingWriteAndFlush(contents: Uint8Array): void {
    if (contents.length > mostBlocking) {
      trap('Buffer too large for blocking-write-and-flush (expected at most 4096)');
    }
    this.#sink.blockingWriteAndFlush(contents);
  }

  flush(): void {
    this.#sink.flush();
  }

  blockingFlush(): void {
    this.#sink.flush();
    this.#sink.ready();
    this.#sink.checkWrite();
  }

  subscribe(): Pollable {
    return new Pollable(this.#clocks, null, () => this.#sink.ready(), this.#sink.signal);
  }

  writeZeroes(length: bigint): void {
    const zeroes = count(length);
    if (zeroes > this.#sink.checkWrite()) trap('write-zeroes beyond what check-write permits');
    this.#sink.write(zeroes <= zeroChunk.length ? zeroChunk.subarray(0, zeroes) : new Uint8Array(zeroes));
  }

  blockingWriteZeroesAndFlush(length: bigint): void {
    if (length > BigInt(mostBlocking)) {
      trap('Buffer too large for blocking-write-zeroes-and-flush (expected at most 4096)');
    }
    this.#sink.blockingWriteAndFlush(zeroChunk.subarray(0, count(length)));
  }

  splice(source: InputStream, length: bigint): bigint {
    const permit = this.#sink.checkWrite();
    const most = Math.min(count(length), permit);
    if (most === 0) return 0n;
    const contents = source.read(BigInt(most));
    if (contents.length > 0) this.#sink.write(contents);
    return BigInt(contents.length);
  }

  blockingSplice(source: InputStream, length: bigint): bigint {
    this.#sink.ready();
    const most = Math.min(count(length), this.#sink.checkWrite());
    if (most === 0) return 0n;
    const contents = source.blockingRead(BigInt(most));
    if (contents.length > 0) this.#sink.blockingWriteAndFlush(contents);
    return BigInt(contents.length);
  }

  [Symbol.dispose](): void {
    this.#sink.close?.();
  }
}
