import type * as Http from '@bytecodealliance/preview2-shim/interfaces/wasi-http-types';
import { ComponentError } from '../../component/componentError.ts';
import type { Clocks } from '../clocks.ts';
import { HttpFailureError } from '../http/failure.ts';
import type { HttpThread } from '../http/httpThread.ts';
import { handler } from './httpHandler.ts';
import { OutgoingBody } from './httpOutgoingBody.ts';
import { OutgoingRequest, RequestOptions } from './httpRequest.ts';
import { FutureIncomingResponse, FutureTrailers, IncomingBody, IncomingResponse } from './httpResponse.ts';
import { Fields } from './httpFields.ts';
import type { IoError } from './ioError.ts';
import { Unreachable } from './unreachable.ts';

/** The interfaces of `wasi:http` for programs that send requests; those that a server would need are out of reach. */
export function http(clocks: Clocks, thread: HttpThread): Record<string, Record<string, unknown>> {
  class Request extends OutgoingRequest {
    body(): OutgoingBody {
      if (this.outgoingBody !== null) throw new ComponentError();
      return (this.outgoingBody = new OutgoingBody(clocks, this.contentLength()));
    }
  }
  return {
    'wasi:http/outgoing-handler': { handle: handler(clocks, thread) },
    'wasi:http/types': {
      Fields,
      RequestOptions,
      OutgoingRequest: Request,
      OutgoingBody,
      httpErrorCode: ({ cause }: IoError): Http.ErrorCode | undefined =>
        cause instanceof HttpFailureError ? cause.failure.code : undefined,
      IncomingResponse,
      IncomingBody,
      FutureIncomingResponse,
      FutureTrailers,
      IncomingRequest: Unreachable,
      OutgoingResponse: Unreachable,
      ResponseOutparam: Unreachable,
    },
  };
}
