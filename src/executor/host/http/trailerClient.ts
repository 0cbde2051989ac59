import { type ClientRequest, type IncomingMessage, request as sendRequest } from 'node:http';
import type { Duplex, Readable } from 'node:stream';
import { type buildConnector, type Dispatcher, errors } from 'undici';
import type { HeaderList } from './protocol.ts';
import { announcedTrailers } from './trailers.ts';

export interface TrailerClientOptions {
  readonly connect: buildConnector.connector;
  /** Milliseconds between two pieces of the response's body; 0 for no bound. */
  readonly bodyTimeout: number;
}

/** What a listener may do to a response, as far as undici's controller has it. */
export type ResponseControl = Pick<
  Dispatcher.DispatchController,
  'rawHeaders' | 'rawTrailers' | 'paused' | 'pause' | 'resume'
>;

/** Is told what comes of a request; undici's handlers are such. */
export interface ResponseListener {
  onRequestStart(control: ResponseControl): void;
  onBodySent(chunk: Buffer): void;
  onResponseStart(control: ResponseControl, status: number): void;
  onResponseData(control: ResponseControl, chunk: Buffer): void;
  onResponseEnd(control: ResponseControl): void;
  onResponseError(control: ResponseControl, error: Error): void;
}

/** What is sent, and what is known of it once its body has ended. */
export interface RequestWithTrailers {
  readonly method: string;
  readonly path: string;
  readonly headers: HeaderList;
  readonly body: Readable;
  /** Asked once the body has ended. */
  readonly trailers: () => HeaderList;
}

/**
 * Sends the one kind of request that undici can't: with trailers. A client of node:http that talks as undici's does,
 * over connections that the same connector makes.
 */
export class TrailerClient {
  readonly #url: URL;
  readonly #options: TrailerClientOptions;
  #request: ClientRequest | null = null;

  constructor(origin: string, options: TrailerClientOptions) {
    this.#url = new URL(origin);
    this.#options = options;
  }

  dispatch({ method, path, headers, body, trailers }: RequestWithTrailers, listener: ResponseListener): void {
    const flow = new ResponseFlow();
    const request = sendRequest({
      method,
      path,
      headers: ['host', this.#url.host, 'transfer-encoding', 'chunked', ...headers.flat()],
      createConnection: (_options, connected) => this.#connect(connected),
    });
    this.#request = request;
    request.once('socket', () => listener.onRequestStart(flow));
    request.on('error', (error) => listener.onResponseError(flow, error));
    request.on('response', (response) => this.#receive(response, flow, listener));
    request.on('drain', () => body.resume());
    body.on('data', (chunk: Buffer) => {
      if (!request.write(chunk)) body.pause();
      listener.onBodySent(chunk);
    });
    body.on('end', () => {
      const announced = announcedTrailers(headers);
      const sent = trailers().filter(([name]) => announced.has(name.toLowerCase()));
      try {
        request.addTrailers(sent.map(([name, value]): [string, string] => [name, value]));
        request.end();
      } catch (error) {
        listener.onResponseError(flow, error as Error);
      }
    });
  }

  destroy(): Promise<void> {
    this.#request?.destroy();
    return Promise.resolve();
  }

  #connect(connected: (error: Error | null, socket: Duplex) => void): undefined {
    const { host, hostname, protocol, port } = this.#url;
    this.#options.connect({ host, hostname, protocol, port }, (error, socket) => connected(error, socket!));
  }

  #receive(response: IncomingMessage, flow: ResponseFlow, listener: ResponseListener): void {
    const fail = (error: Error): void => listener.onResponseError(flow, error);
    flow.begin(response, this.#options.bodyTimeout, () => fail(new errors.BodyTimeoutError()));
    listener.onResponseStart(flow, response.statusCode ?? 0);
    response.on('data', (chunk: Buffer) => {
      flow.goOn();
      listener.onResponseData(flow, chunk);
    });
    response.on('error', fail);
    response.on('end', () => {
      flow.rawTrailers = response.rawTrailers;
      listener.onResponseEnd(flow);
    });
    response.on('close', () => flow.end());
  }
}

/** The flow of a response, and the time that is left for the next piece of its body. */
class ResponseFlow implements ResponseControl {
  rawHeaders: string[] = [];
  rawTrailers: string[] = [];
  #response: IncomingMessage | null = null;
  #timer: NodeJS.Timeout | undefined;
  #bodyTimeout = 0;
  #timedOut = (): void => undefined;

  get paused(): boolean {
    return this.#response?.isPaused() ?? false;
  }

  pause(): void {
    this.#response?.pause();
    clearTimeout(this.#timer);
  }

  resume(): void {
    this.#response?.resume();
    this.goOn();
  }

  begin(response: IncomingMessage, bodyTimeout: number, timedOut: () => void): void {
    this.#response = response;
    this.rawHeaders = response.rawHeaders;
    this.#bodyTimeout = bodyTimeout;
    this.#timedOut = timedOut;
    this.goOn();
  }

  /** The time for the next piece begins. */
  goOn(): void {
    clearTimeout(this.#timer);
    if (this.#bodyTimeout > 0) this.#timer = setTimeout(this.#timedOut, this.#bodyTimeout);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#bodyTimeout = 0;
  }
}
