import type { ErrorCode } from '@bytecodealliance/preview2-shim/interfaces/wasi-http-types';

/** What became of a request that failed: as the guest sees it, and as a person reads it. */
export interface HttpFailure {
  readonly code: ErrorCode;
  readonly reason: string;
  /** Set where the policy kept the request from leaving. */
  readonly refused?: true;
  /** Set where the host's own time for an answer was over; a second one ends the run. */
  readonly timedOut?: true;
}

/** Carries an {@link HttpFailure} through code that throws. */
export class HttpFailureError extends Error {
  readonly failure: HttpFailure;

  constructor(failure: HttpFailure) {
    super(failure.reason);
    this.name = 'HttpFailureError';
    this.failure = failure;
  }
}

/** A refusal in the worker's words, which the guest sees as an `internal-error`. */
export function refused(words: string, reason: string = words): HttpFailure {
  return { code: { tag: 'internal-error', val: words }, reason, refused: true };
}

/** A failure that a program can cause by what it asks for, or the network by what it does. */
export function failed(code: ErrorCode, reason: string): HttpFailure {
  return { code, reason };
}

const blocked = 'destination blocked: internal/private/link-local address';

/** The refusal of an address; the reason names it and its range. */
export function blockedAddress(address: string, range: string): HttpFailure {
  return refused(blocked, `${blocked} (${address}: ${range})`);
}
