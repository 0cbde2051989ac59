import type * as Http from '@bytecodealliance/preview2-shim/interfaces/wasi-http-types';
import { ComponentError } from '../../component/componentError.ts';
import { Fields } from './httpFields.ts';
import type { OutgoingBody } from './httpOutgoingBody.ts';

/** `wasi:http/types.request-options`; durations in nanoseconds. */
export class RequestOptions implements Http.RequestOptions {
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

/** `wasi:http/types.outgoing-request`, but for its body, which needs the run's clocks. */
export class OutgoingRequest {
  readonly #headers: Fields;
  /** Set once the guest has asked for it, which it may do once. */
  outgoingBody: OutgoingBody | null = null;
  #method: Http.Method = { tag: 'get' };
  #path: string | undefined;
  #scheme: Http.Scheme | undefined;
  #authority: string | undefined;

  constructor(headers: Fields) {
    this.#headers = headers;
  }

  method(): Http.Method {
    return this.#method;
  }
  setMethod(method: Http.Method): void {
    if (method.tag === 'other' && !/^[-!#$%&'*+.^_`|~0-9A-Za-z]+$/.test(method.val)) {
      throw new ComponentError();
    }
    this.#method = method;
  }
  pathWithQuery(): string | undefined {
    return this.#path;
  }
  setPathWithQuery(path: string | undefined): void {
    // eslint-disable-next-line no-control-regex -- control characters are what no request line may hold
    if (path !== undefined && /[\x00-\x20\x7f#]|[^\x00-\xff]/.test(path)) throw new ComponentError();
    this.#path = path;
  }
  scheme(): Http.Scheme | undefined {
    return this.#scheme;
  }
  setScheme(scheme: Http.Scheme | undefined): void {
    if (scheme?.tag === 'other' && !/^[a-z][-+.a-z0-9]*$/i.test(scheme.val)) throw new ComponentError();
    this.#scheme = scheme;
  }
  authority(): string | undefined {
    return this.#authority;
  }
  setAuthority(authority: string | undefined): void {
    if (authority !== undefined && /[\s/?#\\]|^$/.test(authority)) throw new ComponentError();
    this.#authority = authority;
  }
  headers(): Fields {
    return Fields.frozen(this.#headers);
  }

  /** Bytes that the body is said to have; null where nothing is said. */
  contentLength(): number | null {
    const [value] = this.#headers.get('content-length');
    const text = value === undefined ? '' : Buffer.from(value).toString('latin1');
    return /^\d+$/.test(text) ? Number(text) : null;
  }
}
