import type { HttpErrorName } from './httpErrorCodes.ts';

/** Answers to a program's requests, in the place of servers. The rules are tried in their order. */
export interface Mocks {
  readonly rules: readonly MockRule[];
  /** What becomes of a request that no rule fits: it fails by name, or goes out to the network. */
  readonly unmatched: 'fail' | 'network';
}

/** What a request has to be like, all of it, and what is then answered. What is null fits every request. */
export interface MockRule {
  readonly method: string | null;
  /** With `*` for any characters; the whole address has to fit. Null for any. */
  readonly url: string | null;
  /** Names without case, and patterns with `*` of which one value of that name has to fit. */
  readonly headers: readonly (readonly [name: string, pattern: string])[];
  readonly body: MockBody | null;
  /** How many requests it answers before the next rule has its turn; null for all. */
  readonly times: number | null;
  /** Milliseconds before the answer. */
  readonly delayMs: number;
  readonly answer: MockAnswer;
}

/** Bytes, a value that is compared as JSON, or a part that has to occur. */
export type MockBody =
  { readonly bytes: Uint8Array } | { readonly json: unknown } | { readonly contains: string };

/** A response, a failure, or a response that is cut off by a failure. */
export interface MockAnswer {
  readonly response: {
    readonly status: number;
    readonly headers: readonly (readonly [name: string, value: string])[];
    /** Each arrives as one piece. */
    readonly body: readonly Uint8Array[];
    readonly trailers: readonly (readonly [name: string, value: string])[];
  } | null;
  readonly failure: { readonly code: HttpErrorName; readonly message: string | null } | null;
}
