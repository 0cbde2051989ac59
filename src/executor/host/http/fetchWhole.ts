import { HttpFailureError } from './failure.ts';
import type { HttpThread } from './httpThread.ts';
import type { HeaderList } from './protocol.ts';
import { send } from './send.ts';

/** A request of the host's own, all there from the start. */
export interface WholeRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: HeaderList;
  readonly body: Uint8Array<ArrayBuffer> | null;
  /** Bytes of a response that are taken. */
  readonly mostBytes: number;
}

export interface WholeResponse {
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: Uint8Array;
}

/**
 * Sends a request for a host function and waits for all of its response. It goes by the policy, the cassette and the
 * mocks of the run, and is among its attempts, as if the guest had sent it.
 *
 * @throws HttpFailureError where it was refused or failed; WaitedTooLong for a second time-out
 */
export function fetchWhole(thread: HttpThread, request: WholeRequest): WholeResponse {
  const { method, url, headers, body, mostBytes } = request;
  const exchange = send(thread, {
    scheme: url.protocol.slice(0, -1),
    authority: url.host,
    method,
    path: `${url.pathname}${url.search}`,
    headers,
    timeouts: { connect: null, firstByte: null, betweenBytes: null },
    hasBody: body !== null,
  });
  if (body !== null) {
    exchange.send(body);
    exchange.endBody();
  }
  const readable = exchange.signal((each) => each.readable);
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for (;;) {
    while (!readable.happened()) readable.wait(null);
    const part = exchange.read(mostBytes);
    if (part === null) break;
    parts.push(part);
    bytes += part.length;
    if (bytes > mostBytes) {
      const reason = `the response has more than ${mostBytes} bytes`;
      const failure = { code: { tag: 'HTTP-response-body-size' as const, val: BigInt(mostBytes) }, reason };
      exchange.abort(failure);
      throw new HttpFailureError(failure);
    }
  }
  const error = exchange.error();
  if (error !== null) throw error;
  const { status, headers: received } = exchange.response!;
  return { status, headers: received, body: Buffer.concat(parts) };
}
