import type * as Http from '@bytecodealliance/preview2-shim/interfaces/wasi-http-types';
import { ComponentError } from '../../component/componentError.ts';
import type { Clocks } from '../clocks.ts';
import { type Destination, destination } from '../http/destination.ts';
import { failed, type HttpFailure, HttpFailureError } from '../http/failure.ts';
import type { HttpThread } from '../http/httpThread.ts';
import type { HttpTimeouts } from '../http/protocol.ts';
import type { OutgoingRequest, RequestOptions } from './httpRequest.ts';
import { FutureIncomingResponse } from './httpResponse.ts';

type Handle = (request: OutgoingRequest, options: RequestOptions | undefined) => FutureIncomingResponse;

/** `wasi:http/outgoing-handler.handle`: what the policy refuses is told here, all else by the future. */
export function handler(clocks: Clocks, thread: HttpThread): Handle {
  return (request, options) => {
    const method = methodName(request.method());
    const { origin, host } = admitted(request, method, thread);
    const exchange = thread.start({
      origin,
      host,
      method,
      path: pathOf(request),
      headers: request
        .headers()
        .entries()
        .map(([name, value]) => [name, Buffer.from(value).toString('latin1')] as const),
      timeouts: timeouts(options),
      hasBody: request.outgoingBody !== null,
    });
    request.outgoingBody?.attach(exchange);
    return new FutureIncomingResponse(exchange, clocks);
  };
}

/** Where the request goes, if the policy lets it out. */
function admitted(request: OutgoingRequest, method: string, thread: HttpThread): Destination {
  const authority = request.authority() ?? '';
  let host = authority;
  const refuse = (failure: HttpFailure): never => {
    thread.recordRefusal(host, method, failure);
    throw new ComponentError(failure.code);
  };
  try {
    const found = destination(schemeName(request.scheme()), authority);
    ({ host } = found);
    const failure = thread.refusal(found);
    if (failure !== null) return refuse(failure);
    // To undici this is the beginning of a tunnel.
    if (method === 'CONNECT') {
      return refuse(failed({ tag: 'HTTP-request-method-invalid' }, 'CONNECT is not supported'));
    }
    return found;
  } catch (error) {
    if (!(error instanceof HttpFailureError)) throw error;
    return refuse(error.failure);
  }
}

function methodName(method: Http.Method): string {
  return method.tag === 'other' ? method.val : method.tag.toUpperCase();
}

/** As wasmtime: https where nothing is said. */
function schemeName(scheme: Http.Scheme | undefined): string {
  if (scheme === undefined) return 'https';
  return (scheme.tag === 'other' ? scheme.val : scheme.tag).toLowerCase();
}

function pathOf(request: OutgoingRequest): string {
  const path = request.pathWithQuery() ?? '/';
  return path.startsWith('/') ? path : `/${path}`;
}

function timeouts(options: RequestOptions | undefined): HttpTimeouts {
  const ms = (duration: bigint | undefined): number | null =>
    duration === undefined ? null : Math.min(Math.ceil(Number(duration) / 1e6), longestTimerMs);
  return {
    connect: ms(options?.connectTimeout()),
    firstByte: ms(options?.firstByteTimeout()),
    betweenBytes: ms(options?.betweenBytesTimeout()),
  };
}

/** `setTimeout` takes no more. */
const longestTimerMs = 2 ** 31 - 1;
