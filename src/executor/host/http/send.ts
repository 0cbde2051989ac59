import { destination } from './destination.ts';
import type { Exchange } from './exchange.ts';
import { failed, HttpFailureError } from './failure.ts';
import type { HttpThread } from './httpThread.ts';
import type { HttpRequest } from './protocol.ts';

/** A request as a program asks for it, before anybody looked at where it goes. */
export interface AskedRequest extends Omit<HttpRequest, 'origin' | 'host'> {
  readonly scheme: string;
  readonly authority: string;
}

/**
 * The one door to the network. A request has to get by the policy first; then whoever stands in for the network is
 * asked, then the network.
 *
 * @throws HttpFailureError where the request is refused, which is in the run's record by then
 */
export function send(thread: HttpThread, asked: AskedRequest): Exchange {
  const { scheme, authority, ...rest } = asked;
  let host = authority;
  try {
    const found = destination(scheme, authority);
    ({ host } = found);
    // To undici this is the beginning of a tunnel.
    if (asked.method === 'CONNECT') {
      throw new HttpFailureError(failed({ tag: 'HTTP-request-method-invalid' }, 'CONNECT is not supported'));
    }
    const request: HttpRequest = { ...rest, ...found };
    const failure = thread.refusal(found, request);
    if (failure !== null) throw new HttpFailureError(failure);
    return thread.start(found, request);
  } catch (error) {
    if (error instanceof HttpFailureError) thread.recordRefusal(host, asked.method, error.failure);
    throw error;
  }
}
