import type * as Http from '@bytecodealliance/preview2-shim/interfaces/wasi-http-types';
import { ComponentError } from '../../component/componentError.ts';
import type { Clocks } from '../clocks.ts';
import { Fields } from './httpFields.ts';
import { OutputStream, type Sink } from './streams.ts';
import { Unreachable } from './unreachable.ts';

/** A body that goes nowhere, since its request does not. */
const discard: Sink = {
  checkWrite: () => 65536,
  write: () => undefined,
  flush: () => undefined,
  ready: () => undefined,
  blockingWriteAndFlush: () => undefined,
};

/** `wasi:http/types.request-options`. */
class RequestOptions implements Http.RequestOptions {
  #connect: bigint | undefined;
  #firstByte: bigint | undefined;
  #betweenBytes: bigint | undefined;

  connectTimeout(): bigint | undefined {
    return this.#connect;
  }
  setConnectTimeout(duration: bigint | undefined): void {
    this.#connect = duration;
  }
  firstByteTimeout(): bigint | undefined {
    return this.#firstByte;
  }
  setFirstByteTimeout(duration: bigint | undefined): void {
    this.#firstByte = duration;
  }
  betweenBytesTimeout(): bigint | undefined {
    return this.#betweenBytes;
  }
  setBetweenBytesTimeout(duration: bigint | undefined): void {
    this.#betweenBytes = duration;
  }
}

/** `wasi:http/types.outgoing-request`: built as any other, to be refused when it is sent. */
class OutgoingRequest {
  readonly #headers: Fields;
  #body: unknown = null;
  #method: Http.Method = { tag: 'get' };
  #path: string | undefined;
  #scheme: Http.Scheme | undefined;
  #authority: string | undefined;

  constructor(headers: Fields) {
    this.#headers = headers;
  }

  /** Once only, as the interface has it. */
  takeBody(body: unknown): unknown {
    if (this.#body !== null) throw new ComponentError();
    return (this.#body = body);
  }
  method(): Http.Method {
    return this.#method;
  }
  setMethod(method: Http.Method): void {
    this.#method = method;
  }
  pathWithQuery(): string | undefined {
    return this.#path;
  }
  setPathWithQuery(path: string | undefined): void {
    this.#path = path;
  }
  scheme(): Http.Scheme | undefined {
    return this.#scheme;
  }
  setScheme(scheme: Http.Scheme | undefined): void {
    this.#scheme = scheme;
  }
  authority(): string | undefined {
    return this.#authority;
  }
  setAuthority(authority: string | undefined): void {
    this.#authority = authority;
  }
  headers(): Fields {
    return Fields.frozen(this.#headers);
  }
}

/** The interfaces of `wasi:http`, closed: requests can be made up, and sending one answers `HTTP-request-denied`. */
export function http(clocks: Clocks): Record<string, Record<string, unknown>> {
  class OutgoingBody {
    #written = false;

    write(): OutputStream {
      if (this.#written) throw new ComponentError();
      this.#written = true;
      return new OutputStream(discard, clocks);
    }
    static finish(): void {
      // Nobody waits for the end of a body that goes nowhere.
    }
  }
  class Request extends OutgoingRequest {
    body(): unknown {
      return this.takeBody(new OutgoingBody());
    }
  }
  return {
    'wasi:http/outgoing-handler': {
      handle(): never {
        throw new ComponentError({ tag: 'HTTP-request-denied' });
      },
    },
    'wasi:http/types': {
      Fields,
      RequestOptions,
      OutgoingRequest: Request,
      OutgoingBody,
      httpErrorCode: () => undefined,
      IncomingRequest: Unreachable,
      IncomingResponse: Unreachable,
      IncomingBody: Unreachable,
      FutureIncomingResponse: Unreachable,
      FutureTrailers: Unreachable,
      OutgoingResponse: Unreachable,
      ResponseOutparam: Unreachable,
    },
  };
}
