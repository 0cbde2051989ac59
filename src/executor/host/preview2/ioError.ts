import type { ErrorCode } from '@bytecodealliance/preview2-shim/interfaces/wasi-http-types';
import type * as IoErrors from '@bytecodealliance/preview2-shim/interfaces/wasi-io-error';
import type { FilesystemError } from '../filesystem/error.ts';
import { HttpFailureError } from '../http/failure.ts';
import { httpErrorCodes } from '../../../shared/httpErrorCodes.ts';
import { ComponentError } from '../../component/componentError.ts';

/** `wasi:io/error.error`: what a stream's last operation failed with. */
export class IoError implements IoErrors.Error {
  readonly cause: FilesystemError | HttpFailureError;

  constructor(cause: FilesystemError | HttpFailureError) {
    this.cause = cause;
  }

  toDebugString(): string {
    return this.cause instanceof HttpFailureError ? debugText(this.cause.failure.code) : this.cause.message;
  }
}

/** A code as wasmtime prints it, such as `ErrorCode::HttpRequestBodySize(Some(5))`. */
function debugText(code: ErrorCode): string {
  const words = code.tag.split('-').map((word) => word[0]!.toUpperCase() + word.slice(1).toLowerCase());
  const name = `ErrorCode::${words.join('')}`;
  if (httpErrorCodes[code.tag] === 'none') return name;
  const { val } = code as { readonly val?: unknown };
  const some = typeof val === 'string' ? JSON.stringify(val) : String(val);
  return typeof val === 'object' ? name : `${name}(${val === undefined ? 'None' : `Some(${some})`})`;
}

/** The end of a stream, for good. */
export function closed(): ComponentError {
  return new ComponentError({ tag: 'closed' });
}

export function lastOperationFailed(error: FilesystemError | HttpFailureError): ComponentError {
  return new ComponentError({ tag: 'last-operation-failed', val: new IoError(error) });
}
