import type * as IoErrors from '@bytecodealliance/preview2-shim/interfaces/wasi-io-error';
import type { FilesystemError } from '../filesystem/error.ts';
import type { HttpFailureError } from '../http/failure.ts';
import { ComponentError } from '../../component/componentError.ts';

/** `wasi:io/error.error`: what a stream's last operation failed with. */
export class IoError implements IoErrors.Error {
  readonly cause: FilesystemError | HttpFailureError;

  constructor(cause: FilesystemError | HttpFailureError) {
    this.cause = cause;
  }

  toDebugString(): string {
    return this.cause.message;
  }
}

/** The end of a stream, for good. */
export function closed(): ComponentError {
  return new ComponentError({ tag: 'closed' });
}

export function lastOperationFailed(error: FilesystemError | HttpFailureError): ComponentError {
  return new ComponentError({ tag: 'last-operation-failed', val: new IoError(error) });
}
