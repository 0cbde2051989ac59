import { Readable } from 'node:stream';
import { Client, type Dispatcher } from 'undici';
import { type ConnectorOptions, filteringConnector } from './connector.ts';
import { HttpFailureError } from './failure.ts';
import { networkFailure } from './networkErrors.ts';
import { type HeaderList, type HttpRequest, windowBytes } from './protocol.ts';
import type { Said } from './standIn.ts';
import { noFirstByte, noResponse } from './timeouts.ts';

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
  readonly #client: Client;
  #controller: Dispatcher.DispatchController | null = null;
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
    const { connect, betweenBytes } = request.timeouts;
    this.#client = new Client(request.origin, {
      connect: filteringConnector({
        ...options,
        connectTimeoutMs: Math.min(connect ?? Infinity, options.responseTimeoutMs),
      }),
      headersTimeout: 0,
      bodyTimeout: betweenBytes === null ? 0 : Math.max(1, betweenBytes),
    });
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

  endBody(): void {
    if (this.#over) return;
    this.#body.push(null);
    if (!this.#dispatched) this.#dispatch(null);
  }

  read(bytes: number): void {
    this.#unread -= bytes;
    if (this.#unread <= windowBytes / 2 && this.#controller?.paused === true && !this.#over) {
      this.#controller.resume();
    }
  }

  abort(): void {
    this.#over = true;
    this.#close();
  }

  #dispatch(body: Readable | null): void {
    this.#dispatched = true;
    const { method, path, headers } = this.#request;
    const flat = headers.flatMap(([name, value]) => [name, value]);
    try {
      this.#client.dispatch({ method, path, headers: flat, body, reset: true }, this.#handler());
    } catch (error) {
      this.fail(error);
    }
  }

  #handler(): Dispatcher.DispatchHandler {
    return {
      onRequestStart: (controller) => {
        this.#controller = controller;
        const { firstByte } = this.#request.timeouts;
        if (firstByte !== null) {
          this.#firstByteTimer = setTimeout(() => {
            this.fail(new HttpFailureError(noFirstByte()));
          }, firstByte);
        }
      },
      onBodySent: (chunk) => this.#tell({ kind: 'sent', bytes: chunk.length }),
      onResponseStart: (controller, status) => {
        if (status < 200) return;
        this.#begun = true;
        this.#stopTimers();
        this.#tell({ kind: 'response', status, headers: pairs(controller.rawHeaders) });
      },
      onResponseData: (controller, chunk) => {
        this.#unread += chunk.length;
        if (this.#unread >= windowBytes) controller.pause();
        this.#tell({ kind: 'data', bytes: new Uint8Array(chunk) });
      },
      onResponseEnd: (controller) => {
        this.#tell({ kind: 'end', trailers: pairs(controller.rawTrailers) });
        this.#over = true;
        this.#close();
      },
      onResponseError: (_controller, error) => this.fail(error),
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
    this.#client.destroy().catch(() => undefined);
  }
}

/** undici's flat list of names and values. */
function pairs(raw: Dispatcher.DispatchController['rawHeaders']): HeaderList {
  if (!Array.isArray(raw)) return [];
  const texts = raw.map((part) => (typeof part === 'string' ? part : part.toString('latin1')));
  return Array.from({ length: texts.length >> 1 }, (_, i) => [texts[2 * i]!, texts[2 * i + 1]!] as const);
}
