import { ComponentError } from '../../component/componentError.ts';
import { trap } from '../../component/trap.ts';
import { type Clocks, toldPermit } from '../clocks.ts';
import type { Exchange } from '../http/exchange.ts';
import { failed, type HttpFailure } from '../http/failure.ts';
import { windowBytes } from '../http/protocol.ts';
import type { Fields } from './httpFields.ts';
import { closed } from './ioError.ts';
import type { Signal } from './poll.ts';
import { OutputStream, type Sink } from './streams.ts';

const unfinished = failed(
  { tag: 'internal-error', val: 'the body of the request was dropped before it was finished' },
  'the body of the request was dropped before it was finished',
);
const noTrailers = failed(
  { tag: 'internal-error', val: 'trailers of requests are not supported' },
  'trailers of requests are not supported',
);

/** `wasi:http/types.outgoing-body`: can be written to before its request is sent, up to a window's worth. */
export class OutgoingBody {
  readonly #clocks: Clocks;
  readonly #contentLength: number | null;
  #streamTaken = false;
  #finished = false;
  /** What was written before the request was sent. */
  #waiting: Uint8Array<ArrayBuffer>[] = [];
  #waitingBytes = 0;
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
    if (trailers !== undefined && trailers.entries().length > 0) body.#fail(noTrailers);
    const contentLength = body.#contentLength;
    const written = body.#written;
    if (contentLength !== null && contentLength !== written) {
      const reason = `the body has ${written} bytes, and its content-length says ${contentLength}`;
      body.#fail(failed({ tag: 'HTTP-request-body-size', val: BigInt(written) }, reason));
    }
    body.#finished = true;
    body.#exchange?.endBody();
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
    if (this.#finished) exchange.endBody();
  }

  [Symbol.dispose](): void {
    if (!this.#finished) this.#abandon(unfinished);
  }

  #fail(failure: HttpFailure): never {
    this.#abandon(failure);
    throw new ComponentError(failure.code);
  }

  #abandon(failure: HttpFailure): void {
    this.#failure ??= failure;
    this.#exchange?.abort(failure);
  }

  #permitted(): number {
    return windowBytes - (this.#exchange?.unsent ?? this.#waitingBytes);
  }

  #sink(): Sink {
    const signal: Signal = {
      happened: () => this.#signal().happened(),
      wait: (most) => this.#signal().wait(most),
    };
    const permit = (): number | null => {
      signal.happened();
      if (this.#failure !== null || this.#exchange?.over === true) return null;
      return Math.max(0, this.#permitted());
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
      if (this.#exchange !== null) this.#exchange.send(copy);
      else {
        this.#waiting.push(copy);
        this.#waitingBytes += copy.length;
      }
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
