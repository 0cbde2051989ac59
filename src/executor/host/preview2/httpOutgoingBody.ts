import { ComponentError } from '../../component/componentError.ts';
import { trap } from '../../component/trap.ts';
import { type Clocks, toldPermit } from '../clocks.ts';
import type { Exchange } from '../http/exchange.ts';
import { failed, type HttpFailure, HttpFailureError } from '../http/failure.ts';
import { type HeaderList, windowBytes } from '../http/protocol.ts';
import type { Fields } from './httpFields.ts';
import { closed, lastOperationFailed } from './ioError.ts';
import type { Signal } from './poll.ts';
import { OutputStream, type Sink } from './streams.ts';

const unfinished = failed(
  { tag: 'internal-error', val: 'the body of the request was dropped before it was finished' },
  'the body of the request was dropped before it was finished',
);

/** Writes that a body takes before its request is sent, as wasmtime's; there the next one waits for ever. */
const mostWaiting = 2;

/** `wasi:http/types.outgoing-body`. What may be written is wasmtime's 1 MiB or nothing, whatever was written before. */
export class OutgoingBody {
  readonly #clocks: Clocks;
  readonly #contentLength: number | null;
  #streamTaken = false;
  /** Set once it is finished. */
  #trailers: HeaderList | null = null;
  /** What was written before the request was sent. */
  #waiting: Uint8Array<ArrayBuffer>[] = [];
  #written = 0;
  #exchange: Exchange | null = null;
  #failure: HttpFailure | null = null;

  constructor(clocks: Clocks, contentLength: number | null) {
    this.#clocks = clocks;
    this.#contentLength = contentLength;
  }

  write(): OutputStream {
    if (this.#streamTaken) throw new ComponentError();
    this.#streamTaken = true;
    return new OutputStream(this.#sink(), this.#clocks);
  }

  static finish(body: OutgoingBody, trailers: Fields | undefined): void {
    if (body.#contentLength !== null && body.#contentLength !== body.#written) {
      const failure = body.#otherSize(body.#contentLength);
      body.#abandon(failure);
      throw new ComponentError(failure.code);
    }
    body.#trailers = trailers?.onTheWire() ?? [];
    body.#exchange?.endBody(body.#trailers);
  }

  /** Hands over to the request that is sent now. */
  attach(exchange: Exchange): void {
    this.#exchange = exchange;
    if (this.#failure !== null) {
      exchange.abort(this.#failure);
      return;
    }
    for (const bytes of this.#waiting) exchange.send(bytes);
    this.#waiting = [];
    if (this.#trailers !== null) exchange.endBody(this.#trailers);
  }

  [Symbol.dispose](): void {
    if (this.#trailers === null) this.#abandon(unfinished);
  }

  #otherSize(contentLength: number): HttpFailure {
    const reason = `the body has ${this.#written} bytes, and its content-length says ${contentLength}`;
    return failed({ tag: 'HTTP-request-body-size', val: BigInt(this.#written) }, reason);
  }

  #abandon(failure: HttpFailure): void {
    this.#failure ??= failure;
    this.#exchange?.abort(failure);
  }

  #permitted(): number {
    const full =
      this.#exchange === null ? this.#waiting.length >= mostWaiting : this.#exchange.unsent >= windowBytes;
    return full ? 0 : windowBytes;
  }

  #sink(): Sink {
    const signal: Signal = {
      happened: () => this.#signal().happened(),
      wait: (most) => this.#signal().wait(most),
    };
    const permit = (): number | null => {
      signal.happened();
      if (this.#failure !== null || this.#exchange?.over === true) return null;
      return this.#permitted();
    };
    const open = (most: number | null): number => {
      if (most === null) throw closed();
      return most;
    };
    const checkWrite = (): number =>
      open(this.#exchange === null ? permit() : toldPermit(this.#clocks, permit));
    const write = (bytes: Uint8Array): void => {
      if (bytes.length > this.#permitted()) trap('write beyond what check-write permits');
      // What the guest passes is a view of its memory.
      const copy = bytes.slice();
      this.#written += copy.length;
      if (this.#contentLength !== null && this.#written > this.#contentLength) {
        throw lastOperationFailed(new HttpFailureError(this.#otherSize(this.#contentLength)));
      }
      if (this.#exchange !== null) this.#exchange.send(copy);
      else this.#waiting.push(copy);
    };
    const ready = (): void => {
      while (!signal.happened()) signal.wait(null);
    };
    return {
      checkWrite,
      write,
      flush: () => undefined,
      ready,
      signal,
      blockingWriteAndFlush(bytes) {
        let rest = bytes;
        do {
          ready();
          const most = Math.min(rest.length, open(permit()));
          write(rest.subarray(0, most));
          rest = rest.subarray(most);
        } while (rest.length > 0);
        ready();
        open(permit());
      },
    };
  }

  /** Whether more can be written. Without a request nothing comes to pass, and waiting would never end. */
  #signal(): Signal {
    const ready = (): boolean => this.#failure !== null || this.#permitted() > 0;
    if (this.#exchange !== null) return this.#exchange.signal((exchange) => exchange.over || ready());
    return {
      happened: ready,
      wait: (most) => {
        if (most === null) trap('a request’s body is full, and the request was not sent');
        this.#clocks.sleep(most);
      },
    };
  }
}
