import type * as Http from '@bytecodealliance/preview2-shim/interfaces/wasi-http-types';
import { ComponentError } from '../../component/componentError.ts';
import { type Clocks, toldWhether } from '../clocks.ts';
import type { Exchange } from '../http/exchange.ts';
import { failed } from '../http/failure.ts';
import type { HeaderList } from '../http/protocol.ts';
import { Fields } from './httpFields.ts';
import { closed, lastOperationFailed } from './ioError.ts';
import { Pollable, type Signal } from './poll.ts';
import { InputStream, type Source } from './streams.ts';

type Result<T, E> = { readonly tag: 'ok'; readonly val: T } | { readonly tag: 'err'; readonly val: E };

const dropped = failed({ tag: 'HTTP-response-incomplete' }, 'the program dropped the response');

/** Of what comes later, `get` has it once a wait saw it come, as from wasmtime; so fuel doesn't depend on time there. */
function seeing(signal: Signal): { readonly signal: Signal; readonly seen: () => boolean } {
  let seen = false;
  const happened = (): boolean => (seen ||= signal.happened());
  return { signal: { happened, wait: (most) => signal.wait(most) }, seen: () => seen };
}

/** `wasi:http/types.future-incoming-response`. */
export class FutureIncomingResponse {
  readonly #exchange: Exchange;
  readonly #clocks: Clocks;
  readonly #arrival;
  #taken = false;

  constructor(exchange: Exchange, clocks: Clocks) {
    this.#exchange = exchange;
    this.#clocks = clocks;
    this.#arrival = seeing(exchange.signal(({ response, over }) => response !== null || over));
  }

  subscribe(): Pollable {
    return new Pollable(this.#clocks, null, null, this.#arrival.signal);
  }

  /** The answer, once, in a result of its own; afterwards an error. */
  get(): Result<Result<IncomingResponse, Http.ErrorCode>, undefined> | undefined {
    if (this.#taken) return { tag: 'err', val: undefined };
    if (!toldWhether(this.#clocks, 'get', this.#arrival.seen)) return undefined;
    this.#taken = true;
    const { response, failure } = this.#exchange;
    return response === null
      ? { tag: 'ok', val: { tag: 'err', val: failure!.code } }
      : { tag: 'ok', val: { tag: 'ok', val: new IncomingResponse(this.#exchange, this.#clocks, response) } };
  }

  [Symbol.dispose](): void {
    if (!this.#taken) this.#exchange.abort(dropped);
  }
}

/** `wasi:http/types.incoming-response`. */
export class IncomingResponse {
  readonly #exchange: Exchange;
  readonly #clocks: Clocks;
  readonly #status: number;
  readonly #headers: Fields;
  #consumed = false;

  constructor(
    exchange: Exchange,
    clocks: Clocks,
    { status, headers }: { readonly status: number; readonly headers: HeaderList },
  ) {
    this.#exchange = exchange;
    this.#clocks = clocks;
    this.#status = status;
    this.#headers = Fields.received(headers);
  }

  status(): number {
    return this.#status;
  }

  headers(): Fields {
    return this.#headers;
  }

  consume(): IncomingBody {
    if (this.#consumed) throw new ComponentError();
    this.#consumed = true;
    return new IncomingBody(this.#exchange, this.#clocks);
  }

  [Symbol.dispose](): void {
    if (!this.#consumed) this.#exchange.abort(dropped);
  }
}

/** `wasi:http/types.incoming-body`. */
export class IncomingBody {
  readonly #exchange: Exchange;
  readonly #clocks: Clocks;
  #streamTaken = false;
  #failureTold = false;

  constructor(exchange: Exchange, clocks: Clocks) {
    this.#exchange = exchange;
    this.#clocks = clocks;
  }

  stream(): InputStream {
    if (this.#streamTaken) throw new ComponentError();
    this.#streamTaken = true;
    const failed = (): void => void (this.#failureTold = true);
    return new InputStream(bodySource(this.#exchange, this.#clocks, failed), this.#clocks);
  }

  static finish(body: IncomingBody): FutureTrailers {
    body.#exchange.discard();
    return new FutureTrailers(body.#exchange, body.#clocks, body.#failureTold);
  }

  [Symbol.dispose](): void {
    this.#exchange.abort(dropped);
  }
}

/** @param failed called where a read tells of the body's failure, which the next one no longer does */
function bodySource(exchange: Exchange, clocks: Clocks, failed: () => void): Source {
  let told = false;
  const signal = exchange.signal(({ readable }) => readable);
  const take = (most: number): Uint8Array => {
    const part = exchange.read(most);
    if (part !== null) return part;
    const error = exchange.error();
    if (error === null || told) throw closed();
    told = true;
    failed();
    throw lastOperationFailed(error);
  };
  const read = (most: number): Uint8Array =>
    toldWhether(clocks, 'read', () => signal.happened()) ? take(most) : new Uint8Array(0);
  const ready = (): void => {
    while (!signal.happened()) signal.wait(null);
  };
  const blockingRead = (most: number): Uint8Array => {
    ready();
    return take(most);
  };
  return { read, blockingRead, ready, signal };
}

/** `wasi:http/types.future-trailers`. */
export class FutureTrailers {
  readonly #exchange: Exchange;
  readonly #clocks: Clocks;
  /** Whether reading the body told of its failure: there are then no trailers, and no failure either. */
  readonly #failureTold: boolean;
  readonly #arrival;
  #taken = false;

  constructor(exchange: Exchange, clocks: Clocks, failureTold: boolean) {
    this.#exchange = exchange;
    this.#clocks = clocks;
    this.#failureTold = failureTold;
    this.#arrival = seeing(exchange.signal(({ over }) => over));
  }

  subscribe(): Pollable {
    return new Pollable(this.#clocks, null, null, this.#arrival.signal);
  }

  /** The trailers, once, undefined where there are none; afterwards an error. */
  get(): Result<Result<Fields | undefined, Http.ErrorCode>, undefined> | undefined {
    if (this.#taken) return { tag: 'err', val: undefined };
    if (!toldWhether(this.#clocks, 'get', this.#arrival.seen)) return undefined;
    this.#taken = true;
    const { trailers, failure } = this.#exchange;
    if (failure !== null && !this.#failureTold) return { tag: 'ok', val: { tag: 'err', val: failure.code } };
    const fields = trailers === null || trailers.length === 0 ? undefined : Fields.received(trailers);
    return { tag: 'ok', val: { tag: 'ok', val: fields } };
  }

  [Symbol.dispose](): void {
    this.#exchange.abort(dropped);
  }
}
