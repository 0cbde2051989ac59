import type * as Http from '@bytecodealliance/preview2-shim/interfaces/wasi-http-types';
import { ComponentError } from '../../component/componentError.ts';
import type { Clocks } from '../clocks.ts';
import type { Exchange } from '../http/exchange.ts';
import { HttpFailureError } from '../http/failure.ts';
import type { HttpThread } from '../http/httpThread.ts';
import type { HttpTimeouts } from '../http/protocol.ts';
import { type AskedRequest, send } from '../http/send.ts';
import type { OutgoingRequest, RequestOptions } from './httpRequest.ts';
import { FutureIncomingResponse } from './httpResponse.ts';

type Handle = (request: OutgoingRequest, options: RequestOptions | undefined) => FutureIncomingResponse;

/** `wasi:http/outgoing-handler.handle`: what the policy refuses is told here, all else by the future. */
export function handler(clocks: Clocks, thread: HttpThread): Handle {
  return (request, options) => {
    const exchange = sent(thread, {
      scheme: schemeName(request.scheme()),
      authority: request.authority() ?? '',
      method: methodName(request.method()),
      path: pathOf(request),
      headers: request.headers().onTheWire(),
      timeouts: timeouts(options),
      hasBody: request.outgoingBody !== null,
    });
    request.outgoingBody?.attach(exchange);
    return new FutureIncomingResponse(exchange, clocks);
  };
}

function sent(thread: HttpThread, asked: AskedRequest): Exchange {
  try {
    return send(thread, asked);
  } catch (error) {
    throw error instanceof HttpFailureError ? new ComponentError(error.failure.code) : error;
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
