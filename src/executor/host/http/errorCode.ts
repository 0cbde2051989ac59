import type { ErrorCode } from '@bytecodealliance/preview2-shim/interfaces/wasi-http-types';
import { httpErrorCodes, type HttpErrorName } from '../../../shared/httpErrorCodes.ts';

/**
 * The interface's code of that name. What it may carry is taken from `detail` where the kinds agree; records are
 * left empty, which all of theirs may be.
 */
export function errorCode(name: HttpErrorName, detail?: string | number): ErrorCode {
  return { tag: name, val: payload(name, detail) } as ErrorCode;
}

function payload(name: HttpErrorName, detail: string | number | undefined): unknown {
  switch (httpErrorCodes[name]) {
    case 'none':
      return undefined;
    case 'record':
      // `HTTP-request-header-size` has an option of a record, for which this is one as well.
      return {};
    case 'text':
      return typeof detail === 'string' ? detail : undefined;
    case 'u32':
      return typeof detail === 'number' ? detail : undefined;
    case 'u64':
      return typeof detail === 'number' ? BigInt(detail) : undefined;
  }
}
