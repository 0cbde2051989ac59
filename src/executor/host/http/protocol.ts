import type { MessagePort } from 'node:worker_threads';
import type { HttpFailure } from './failure.ts';

/** Names and values as they stand on the wire, in order; values as Latin-1, a character a byte. */
export type HeaderList = readonly (readonly [name: string, value: string])[];

/** Milliseconds that a guest gives a request; null where it leaves that to the host. */
export interface HttpTimeouts {
  readonly connect: number | null;
  readonly firstByte: number | null;
  readonly betweenBytes: number | null;
}

export interface HttpRequest {
  readonly origin: string;
  readonly host: string;
  readonly method: string;
  readonly path: string;
  readonly headers: HeaderList;
  readonly timeouts: HttpTimeouts;
  /** Whether parts of a body follow, up to `body end`. */
  readonly hasBody: boolean;
}

/** From the guest's thread. */
export type ToHttpWorker =
  | { readonly kind: 'start'; readonly id: number; readonly request: HttpRequest }
  | { readonly kind: 'body'; readonly id: number; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'body end'; readonly id: number; readonly trailers: HeaderList }
  /** The guest has read that much of the response's body. */
  | { readonly kind: 'read'; readonly id: number; readonly bytes: number }
  | { readonly kind: 'abort'; readonly id: number };

/** To the guest's thread. */
export type FromHttpWorker =
  /** That much of the request's body is on its way. */
  | { readonly kind: 'sent'; readonly id: number; readonly bytes: number }
  | { readonly kind: 'response'; readonly id: number; readonly status: number; readonly headers: HeaderList }
  | { readonly kind: 'data'; readonly id: number; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'end'; readonly id: number; readonly trailers: HeaderList }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: HttpFailure };

export interface HttpWorkerData {
  readonly port: MessagePort;
  /** One 32-bit cell, counted up and notified with every message to the guest's thread, which sleeps on it. */
  readonly bell: SharedArrayBuffer;
  readonly allowLocal: boolean;
  readonly caFile: string | null;
}

/**
 * Bytes of a body that may be on their way between the two threads in either direction, before no more are asked for;
 * and what a program may write of a request's body at once, as wasmtime has it.
 */
export const windowBytes = 1 << 20;
