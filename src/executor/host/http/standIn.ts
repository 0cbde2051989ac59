import type { AttemptSource } from '../../../shared/network.ts';
import type { HttpFailure } from './failure.ts';
import type { FromHttpWorker, HttpRequest, ToHttpWorker } from './protocol.ts';

/** What is said of an exchange, without the number it goes by. */
export type Said = FromHttpWorker extends infer M
  ? M extends { id: number }
    ? Omit<M, 'id'>
    : never
  : never;

/** An answer that comes from elsewhere than the network. */
export interface Reply {
  readonly source: AttemptSource;
  /** Milliseconds from the request, or from its body's end. */
  readonly delayMs: number;
  readonly said: readonly Said[];
}

/** An answer that doesn't wait for the whole of the request's body. */
export interface EarlyReply extends Reply {
  /** It begins once so many bytes of the request's body were sent. */
  readonly afterBytes: number;
  /** It ends once so many were sent; null for the end of the request's body. */
  readonly endsAfterBytes: number | null;
}

/** Answers requests in the place of the network: a cassette, or mocks. */
export interface StandIn {
  /** Whether it may have an answer: the request is then not held against addresses and settings. */
  claims(request: HttpRequest): boolean;
  /** How the policy refused this request when it was recorded; null where it didn't. */
  refusal?(request: HttpRequest): HttpFailure | null;
  early?(request: HttpRequest): EarlyReply | null;
  /** The answer to a request that is all there; null where it knows none. */
  reply(request: HttpRequest, body: Uint8Array): Reply | null;
  /** What a request fails with that nobody answers; null lets it out to the network. */
  unanswered(request: HttpRequest): HttpFailure | null;
}

/** Listens to all that is said of a run's requests. */
export interface HttpTap {
  sent(message: ToHttpWorker): void;
  received(message: FromHttpWorker): void;
  refused(request: HttpRequest, failure: HttpFailure): void;
}

/** A request as messages name it. */
export function nameOf({ method, origin, path }: Pick<HttpRequest, 'method' | 'origin' | 'path'>): string {
  return `${method} ${origin}${path}`;
}
