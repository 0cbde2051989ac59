import { Readable } from 'node:stream';
import { Client } from 'undici';
import { type ConnectorOptions, filteringConnector } from './connector.ts';
import { HttpFailureError } from './failure.ts';
import { networkFailure } from './networkErrors.ts';
import { type HeaderList, type HttpRequest, windowBytes } from './protocol.ts';
import type { Said } from './standIn.ts';
import { noFirstByte, noResponse } from './timeouts.ts';
import { type ResponseControl, type ResponseListener, TrailerClient } from './trailerClient.ts';
import { hasTrailers } from './trailers.ts';

export interface ExchangeOptions extends Omit<ConnectorOptions, 'connectTimeoutMs'> {
  /** Milliseconds that a host has to begin its response, from the request's start. */
  readonly responseTimeoutMs: number;
}

/** Methods whose requests carry no body unless there is one. */
const bodyless = new Set(['GET', 'HEAD', 'OPTIONS', 'DELETE', 'TRACE']);

/** One request and its response, on a connection of its own: each is checked anew, as on the worker. */
export class WorkerExchange {
  readonly #request: HttpRequest;
  readonly #options: ExchangeOptions;
  readonly #say: (said: Said) => void;
  readonly #body = new Readable({ read: () => undefined });
  #client: Client | TrailerClient | null = null;
  #control: ResponseControl | null = null;
  #trailers: HeaderList = [];
  #dispatched = false;
  #begun = false;
  #over = false;
  /** Bytes of the response that the guest's thread has not read yet. */
  #unread = 0;
  #responseTimer: NodeJS.Timeout | undefined;
  #firstByteTimer: NodeJS.Timeout | undefined;

  constructor(request: HttpRequest, options: ExchangeOptions, say: (said: Said) => void) {
    this.#request = request;
    this.#options = options;
    this.#say = say;
    this.#body.on('error', () => undefined);
    this.#responseTimer = setTimeout(() => this.#timeOut(), options.responseTimeoutMs);
    if (!request.hasBody) this.#dispatch(null);
    // A body that turns out to be empty is none: some servers refuse a GET with a body, be it of no bytes.
    else if (!bodyless.has(request.method)) this.#dispatch(this.#body);
  }

  send(bytes: Uint8Array): void {
    if (this.#over) return;
    this.#body.push(bytes);
    if (!this.#dispatched) this.#dispatch(this.#body);
  }

  endBody(trailers: HeaderList): void {
    if (this.#over) return;
    this.#trailers = trailers;
    this.#body.push(null);
    if (!this.#dispatched) this.#dispatch(null);
  }

  read(bytes: number): void {
    this.#unread -= bytes;
    if (this.#unread <= windowBytes / 2 && this.#control?.paused === true && !this.#over) {
      this.#control.resume();
    }
  }

  abort(): void {
    this.#over = true;
    this.#close();
  }

  #dispatch(body: Readable | null): void {
    this.#dispatched = true;
    const { origin, method, path, headers, timeouts } = this.#request;
    const { connect, betweenBytes } = timeouts;
    const connectTimeoutMs = Math.min(connect ?? Infinity, this.#options.responseTimeoutMs);
    const options = {
      connect: filteringConnector({ ...this.#options, connectTimeoutMs }),
      bodyTimeout: betweenBytes === null ? 0 : Math.max(1, betweenBytes),
    };
    const listener = this.#listener();
    try {
      if (body !== null && hasTrailers(headers)) {
        const client = new TrailerClient(origin, options);
        this.#client = client;
        client.dispatch({ method, path, headers, body, trailers: () => this.#trailers }, listener);
      } else {
        const client = new Client(origin, { ...options, headersTimeout: 0 });
        this.#client = client;
        client.dispatch({ method, path, headers: headers.flat(), body, reset: true }, listener);
      }
    } catch (error) {
      this.fail(error);
    }
  }

  #listener(): ResponseListener {
    return {
      onRequestStart: (control) => {
        this.#control = control;
        const { firstByte } = this.#request.timeouts;
        if (firstByte !== null) {
          this.#firstByteTimer = setTimeout(() => {
            this.fail(new HttpFailureError(noFirstByte()));
          }, firstByte);
        }
      },
      onBodySent: (chunk) => this.#tell({ kind: 'sent', bytes: chunk.length }),
      onResponseStart: (control, status) => {
        if (status < 200) return;
        this.#begun = true;
        this.#stopTimers();
        this.#tell({ kind: 'response', status, headers: pairs(control.rawHeaders) });
      },
      onResponseData: (control, chunk) => {
        // undici tells of no bytes at times; hyper, and so wasmtime, says nothing then.
        if (chunk.length === 0) return;
        this.#unread += chunk.length;
        if (this.#unread >= windowBytes) control.pause();
        this.#tell({ kind: 'data', bytes: new Uint8Array(chunk) });
      },
      onResponseEnd: (control) => {
        this.#tell({ kind: 'end', trailers: pairs(control.rawTrailers) });
        this.#over = true;
        this.#close();
      },
      onResponseError: (_control, error) => this.fail(error),
    };
  }

  #timeOut(): void {
    this.fail(new HttpFailureError(noResponse(this.#options.responseTimeoutMs)));
  }

  fail(error: unknown): void {
    this.#tell({ kind: 'failed', failure: networkFailure(error, this.#begun) });
    this.#over = true;
    this.#close();
  }

  #tell(said: Said): void {
    if (!this.#over) this.#say(said);
  }

  #stopTimers(): void {
    clearTimeout(this.#responseTimer);
    clearTimeout(this.#firstByteTimer);
  }

  #close(): void {
    this.#stopTimers();
    this.#body.destroy();
    this.#client?.destroy().catch(() => undefined);
  }
}

/** undici's flat list of names and values. */
function pairs(raw: ResponseControl['rawHeaders']): HeaderList {
  if (!Array.isArray(raw)) return [];
  const texts = raw.map((part) => (typeof part === 'string' ? part : part.toString('latin1')));
  return Array.from({ length: texts.length >> 1 }, (_, i) => [texts[2 * i]!, texts[2 * i + 1]!] as const);
}
