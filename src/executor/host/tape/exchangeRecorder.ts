import type { RecordedExchange } from '../../../shared/cassette.ts';
import { failed, type HttpFailure } from '../http/failure.ts';
import type { FromHttpWorker, HeaderList, HttpRequest, ToHttpWorker } from '../http/protocol.ts';
import { contentCodings, whyWithheld } from './encodedBody.ts';
import { recordBody, recordRequestBody } from './recordedBody.ts';
import { recordFailure } from './recordedFailure.ts';
import type { Redactor } from './redactor.ts';

const unread = failed({ tag: 'HTTP-response-incomplete' }, 'the recorded program read no further');

/** One exchange, written down as it goes. */
export class ExchangeRecorder {
  readonly #request: HttpRequest;
  readonly #sent: Uint8Array[] = [];
  #sentBytes = 0;
  #bodyEnded: boolean;
  #answeredAfter: number | null = null;
  #endedAfter: number | null = null;
  #response: { readonly status: number; readonly headers: HeaderList } | null = null;
  readonly #chunks: Uint8Array[] = [];
  #trailers: HeaderList = [];
  #sentTrailers: HeaderList = [];
  #failure: HttpFailure | null = null;
  #over = false;

  constructor(request: HttpRequest) {
    this.#request = request;
    this.#bodyEnded = !request.hasBody;
  }

  /** Takes what the guest's thread says; returns the bytes that are kept of it. */
  sent(message: ToHttpWorker): number {
    if (this.#over) return 0;
    switch (message.kind) {
      case 'body':
        this.#sent.push(message.bytes);
        this.#sentBytes += message.bytes.length;
        return message.bytes.length;
      case 'body end':
        this.#bodyEnded = true;
        this.#sentTrailers = message.trailers;
        return 0;
      case 'abort':
        if (this.#response !== null) this.end(unread);
        this.#over = true;
        return 0;
      default:
        return 0;
    }
  }

  /** Takes what is said to the guest's thread; returns the bytes that are kept of it. */
  received(message: FromHttpWorker): number {
    if (this.#over) return 0;
    switch (message.kind) {
      case 'response':
        this.#response = message;
        this.#answered();
        return 0;
      case 'data':
        this.#chunks.push(message.bytes.slice());
        return message.bytes.length;
      case 'end':
        this.#trailers = message.trailers;
        this.end(null);
        return 0;
      case 'failed':
        this.end(message.failure);
        return 0;
      default:
        return 0;
    }
  }

  end(failure: HttpFailure | null): void {
    this.#answered();
    if (!this.#bodyEnded) this.#endedAfter = this.#sentBytes;
    this.#failure = failure;
    this.#over = true;
  }

  recorded(redactor: Redactor): RecordedExchange {
    const { method, origin, path, headers } = this.#request;
    const body = recordRequestBody(redactor.bytes(Buffer.concat(this.#sent)), {
      mayHide: redactor.hasSecrets,
      encoded: contentCodings(headers).length > 0,
    });
    return {
      request: {
        method,
        url: redactor.latin1(origin + path),
        headers: redactor.headers(headers),
        ...(body && { body }),
        ...(this.#sentTrailers.length > 0 && { trailers: redactor.headers(this.#sentTrailers) }),
      },
      ...(this.#answeredAfter !== null && { answeredAfter: this.#answeredAfter }),
      ...(this.#endedAfter !== null && { endedAfter: this.#endedAfter }),
      ...(this.#response && { response: this.#recordedResponse(this.#response, redactor) }),
      ...(this.#failure && { failure: recordFailure(this.#failure, redactor) }),
    };
  }

  #answered(): void {
    if (!this.#bodyEnded) this.#answeredAfter ??= this.#sentBytes;
  }

  #recordedResponse(
    { status, headers }: { readonly status: number; readonly headers: HeaderList },
    redactor: Redactor,
  ) {
    const arrived = Buffer.concat(this.#chunks);
    const withheld = whyWithheld(headers, arrived, redactor);
    if (withheld !== null) return { status, headers: redactor.headers(headers), withheld };
    const body = recordBody(redactor.bytes(arrived));
    return {
      status,
      headers: redactor.headers(headers),
      ...(body && { body }),
      ...(this.#chunks.length > 1 && { chunks: this.#chunks.map(({ length }) => length) }),
      ...(this.#trailers.length > 0 && { trailers: redactor.headers(this.#trailers) }),
    };
  }
}
