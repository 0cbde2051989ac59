import { askForItPlain, type RecordedExchange } from '../../../shared/cassette.ts';
import { failed, type HttpFailure } from '../http/failure.ts';
import type { HttpRequest } from '../http/protocol.ts';
import { type EarlyReply, nameOf, type Reply, type Said, type StandIn } from '../http/standIn.ts';
import { nearestHint } from './nearest.ts';
import { bodyBytes, isBody } from './recordedBody.ts';
import { failureOf } from './recordedFailure.ts';
import type { Redactor } from './redactor.ts';

/** Answers requests with what was answered to them once: each recorded exchange serves one request, in their order. */
export class ExchangePlayer implements StandIn {
  readonly #left: RecordedExchange[];
  readonly #names: readonly string[];
  readonly #redactor: Redactor;

  constructor(exchanges: readonly RecordedExchange[], redactor: Redactor) {
    this.#left = [...exchanges];
    this.#names = exchanges.map(({ request: { method, url } }) => `${method} ${url}`);
    this.#redactor = redactor;
  }

  /** A replayed run has no network, so that nobody else answers. */
  claims(): boolean {
    return true;
  }

  refusal(request: HttpRequest): HttpFailure | null {
    const next = this.#left.find((exchange) => this.#isOf(exchange, request));
    if (next?.failure?.refused !== true || next.response !== undefined) return null;
    this.#take(next);
    return failureOf(next.failure, this.#redactor);
  }

  early(request: HttpRequest): EarlyReply | null {
    const next = this.#left.find((exchange) => this.#isOf(exchange, request));
    if (next?.answeredAfter === undefined) return null;
    this.#take(next);
    const endsAfterBytes = next.endedAfter ?? null;
    return { ...this.#replyOf(next), afterBytes: next.answeredAfter, endsAfterBytes };
  }

  reply(request: HttpRequest, body: Uint8Array): Reply | null {
    const redacted = this.#redactor.bytes(body);
    const found = this.#left.find(
      (exchange) => this.#isOf(exchange, request) && isBody(exchange.request.body, redacted),
    );
    if (found === undefined) return null;
    this.#take(found);
    return this.#replyOf(found);
  }

  unanswered(request: HttpRequest): HttpFailure {
    const name = this.#redactor.latin1(nameOf(request));
    const left = this.#left.filter((exchange) => this.#isOf(exchange, request));
    const why = left.length > 0 ? ' with this body' : this.#names.includes(name) ? ' once more' : '';
    const words = `${name} is not in the cassette${why}${nearestHint(name, this.#names)}`;
    return failed({ tag: 'internal-error', val: words }, words);
  }

  #isOf({ request: { method, url } }: RecordedExchange, request: HttpRequest): boolean {
    return method === request.method && url === this.#redactor.latin1(request.origin + request.path);
  }

  #take(exchange: RecordedExchange): void {
    this.#left.splice(this.#left.indexOf(exchange), 1);
  }

  #replyOf({ request, response, failure }: RecordedExchange): Reply {
    const redactor = this.#redactor;
    const said: Said[] = [];
    if (response !== undefined) {
      const { status, headers, body, withheld, chunks, trailers = [] } = response;
      said.push({ kind: 'response', status, headers: redactor.restoreHeaders(headers) });
      if (withheld !== undefined) {
        said.push({ kind: 'failed', failure: notKept(request, withheld) });
        return { source: 'cassette', delayMs: 0, said };
      }
      const bytes = redactor.restoreBytes(bodyBytes(body));
      said.push(...pieces(bytes, chunks ?? []).map((piece) => ({ kind: 'data' as const, bytes: piece })));
      if (failure === undefined) said.push({ kind: 'end', trailers: redactor.restoreHeaders(trailers) });
    }
    if (failure !== undefined) said.push({ kind: 'failed', failure: failureOf(failure, redactor) });
    return { source: 'cassette', delayMs: 0, said };
  }
}

/** What stands for the body of a response that was withheld. */
function notKept({ method, url }: RecordedExchange['request'], why: string): HttpFailure {
  const words = `the cassette does not have the body of ${method} ${url}: ${why}. ${askForItPlain}`;
  return failed({ tag: 'internal-error', val: words }, words);
}

/** The pieces in which a body arrived. A secret that is of another length by now makes the last one longer or shorter. */
function pieces(bytes: Uint8Array, sizes: readonly number[]): Uint8Array<ArrayBuffer>[] {
  const found: Uint8Array<ArrayBuffer>[] = [];
  let at = 0;
  for (const size of sizes.slice(0, -1)) {
    if (size === 0) continue;
    if (at + size >= bytes.length) break;
    found.push(new Uint8Array(bytes.subarray(at, at + size)));
    at += size;
  }
  if (at < bytes.length) found.push(new Uint8Array(bytes.subarray(at)));
  return found;
}
