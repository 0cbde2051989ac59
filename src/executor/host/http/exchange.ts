import type { AttemptSource, NetworkAttempt } from '../../../shared/network.ts';
import type { Signal } from '../preview2/poll.ts';
import { type HttpFailure, HttpFailureError } from './failure.ts';
import type { FromHttpWorker, HeaderList, HttpRequest, ToHttpWorker } from './protocol.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** What exchanges go over, on the guest's side. */
export interface Carrier {
  post(message: ToHttpWorker): void;
  /** Has the exchanges take in what has arrived. */
  poll(): void;
  /** Waits for more to arrive than the last `poll` took in, at most that many nanoseconds; null for no such bound. */
  wait(most: bigint | null): void;
}

/** One request and its response as the guest's thread knows them. */
export class Exchange {
  response: { readonly status: number; readonly headers: HeaderList } | null = null;
  failure: HttpFailure | null = null;
  /** Set once all of the response's body has arrived. */
  trailers: HeaderList | null = null;
  /** Bytes of the request's body that were handed over and are not on their way yet. */
  unsent = 0;
  readonly #id: number;
  readonly #carrier: Carrier;
  readonly #attempt: Mutable<NetworkAttempt>;
  readonly #start = performance.now();
  readonly #chunks: Uint8Array[] = [];
  #discarding = false;

  /** Set for an answer that comes from elsewhere. */
  set source(source: AttemptSource) {
    this.#attempt.source = source;
  }

  constructor(id: number, { host, method }: HttpRequest, carrier: Carrier, attempts: NetworkAttempt[]) {
    this.#id = id;
    this.#carrier = carrier;
    this.#attempt = {
      host,
      method,
      status: null,
      bytes: 0,
      ms: 0,
      allowed: true,
      reason: null,
      source: 'network',
    };
    attempts.push(this.#attempt);
  }

  /** Whether nothing more will arrive. */
  get over(): boolean {
    return this.trailers !== null || this.failure !== null;
  }

  /** A signal of what this exchange comes to. */
  signal(happened: (exchange: this) => boolean): Signal {
    return {
      happened: () => {
        this.#carrier.poll();
        return happened(this);
      },
      wait: (most) => this.#carrier.wait(most),
    };
  }

  take(message: FromHttpWorker): void {
    switch (message.kind) {
      case 'sent':
        this.unsent -= message.bytes;
        return;
      case 'response':
        this.response = message;
        this.#attempt.status = message.status;
        return;
      case 'data':
        this.#attempt.bytes += message.bytes.length;
        if (this.#discarding) this.#acknowledge(message.bytes.length);
        else this.#chunks.push(message.bytes);
        return;
      case 'end':
        this.trailers = message.trailers;
        this.#finishRecord(null);
        return;
      case 'failed':
        this.failure = message.failure;
        if (message.failure.refused === true) this.#attempt.allowed = false;
        this.#finishRecord(message.failure.reason);
    }
  }

  /** Whether a read would have something to say. */
  get readable(): boolean {
    return this.#chunks.length > 0 || this.over;
  }

  /** Up to `most` bytes of the response's body; null at its end, which may be a failure. */
  read(most: number): Uint8Array | null {
    const [first] = this.#chunks;
    if (first === undefined) return this.over ? null : new Uint8Array(0);
    const part = first.subarray(0, most);
    if (part.length === first.length) this.#chunks.shift();
    else this.#chunks[0] = first.subarray(part.length);
    if (part.length > 0) this.#acknowledge(part.length);
    return part;
  }

  /** Throws away what is unread of the response's body, to get to its trailers. */
  discard(): void {
    this.#discarding = true;
    for (const chunk of this.#chunks.splice(0)) this.#acknowledge(chunk.length);
  }

  send(bytes: Uint8Array<ArrayBuffer>): void {
    this.unsent += bytes.length;
    this.#carrier.post({ kind: 'body', id: this.#id, bytes });
  }

  endBody(trailers: HeaderList = []): void {
    this.#carrier.post({ kind: 'body end', id: this.#id, trailers });
  }

  /** The guest lost interest, or can't go on; what it waits for then ends with `failure`. */
  abort(failure: HttpFailure): void {
    if (this.over) return;
    this.failure = failure;
    this.#carrier.post({ kind: 'abort', id: this.#id });
    this.#finishRecord(failure.reason);
  }

  error(): HttpFailureError | null {
    return this.failure === null ? null : new HttpFailureError(this.failure);
  }

  runEnded(): void {
    if (!this.over) this.#finishRecord('the run ended first');
  }

  #acknowledge(bytes: number): void {
    if (!this.over) this.#carrier.post({ kind: 'read', id: this.#id, bytes });
  }

  #finishRecord(reason: string | null): void {
    this.#attempt.ms = performance.now() - this.#start;
    this.#attempt.reason = reason;
  }
}
