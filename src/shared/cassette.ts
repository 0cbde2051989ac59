import type { HttpErrorName } from './httpErrorCodes.ts';

/**
 * What a run got from outside, in the order in which it got it: the JSON of a cassette file, which a later run is
 * replayed from. schemas/cassette.schema.json says the same to editors.
 */
export interface Cassette {
  readonly version: typeof cassetteVersion;
  /** What ran when it was recorded; left out where that is not known. */
  readonly program?: RecordedProgram;
  readonly http: readonly RecordedExchange[];
  readonly calls: readonly RecordedCall[];
  /** RFC 3339 with nanoseconds, a reading each. */
  readonly wallClock: readonly string[];
  /** Nanoseconds in decimal digits, a reading each. */
  readonly monotonicClock: readonly string[];
  /** Bytes in hexadecimal digits, a draw each. */
  readonly random: readonly string[];
  /** What the program was told of what was ready, where that depends on time; `timingLog.ts` has the words. */
  readonly timing: readonly string[];
}

export const cassetteVersion = 1;

export interface RecordedProgram {
  readonly name: string;
  /** Of the .wasm without its line tables, in hexadecimal digits. */
  readonly sha256: string;
}

/** Bytes: as text where they are UTF-8. Of a long request only the digest is kept, to know it again. */
export type RecordedBody =
  | { readonly text: string }
  | { readonly base64: string }
  | { readonly bytes: number; readonly sha256: string };

/** In order; values as Latin-1, a character a byte. */
export type RecordedHeaders = readonly (readonly [name: string, value: string])[];

export interface RecordedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: RecordedHeaders;
  /** Left out where it is empty. */
  readonly body?: RecordedBody;
  /** Left out where there are none. */
  readonly trailers?: RecordedHeaders;
}

/** What has a body kept that was withheld. */
export const askForItPlain =
  'Have the program ask for it with “accept-encoding: identity”, and record it again.';

export interface RecordedResponse {
  readonly status: number;
  readonly headers: RecordedHeaders;
  readonly body?: RecordedBody;
  /** Why the body was not kept, half a sentence: a secret is in what is compressed. It fails in a replay. */
  readonly withheld?: string;
  /** Bytes of each piece in which the body arrived; left out for one piece. */
  readonly chunks?: readonly number[];
  readonly trailers?: RecordedHeaders;
}

export interface RecordedFailure {
  /** An `error-code` of wasi:http, such as `connection-refused`. */
  readonly code: HttpErrorName;
  /** What the code carries: the text of an `internal-error`, the size of a body. */
  readonly detail?: string | number;
  readonly reason: string;
  /** Set where the policy of that run kept the request from leaving. */
  readonly refused?: true;
  /** Set where the host's own time for an answer was over; a second one ends the run. */
  readonly timedOut?: true;
}

/** Neither a response nor a failure: the run ended first. Both: the response's body ended in the failure. */
export interface RecordedExchange {
  readonly request: RecordedRequest;
  /** Bytes of the request's body that were sent when the answer came, where it came before the body's end. */
  readonly answeredAfter?: number;
  /** The same for the answer's end. */
  readonly endedAfter?: number;
  readonly response?: RecordedResponse;
  readonly failure?: RecordedFailure;
}

export type JsonValue =
  null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** A call of a host's function that is no wasi:http, such as near:rpc's. */
export interface RecordedCall {
  /** Without its version. */
  readonly interface: string;
  readonly function: string;
  readonly arguments: readonly JsonValue[];
  readonly result: JsonValue;
}

/** What must not get into a cassette. */
export interface Redaction {
  /** Names of headers, besides those that always hold credentials. */
  readonly headers: readonly string[];
  /** Values that are replaced wherever they occur, and put back when a run is replayed. */
  readonly secrets: readonly (readonly [name: string, value: string])[];
}

/** Whether a run is written down, or read back. */
export type TapeOptions =
  | { readonly mode: 'record'; readonly redaction: Redaction }
  | { readonly mode: 'replay'; readonly redaction: Redaction; readonly cassette: Cassette };
