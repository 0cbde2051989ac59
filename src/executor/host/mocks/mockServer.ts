import { isDeepStrictEqual } from 'node:util';
import type { MockAnswer, MockBody, MockRule, Mocks } from '../../../shared/mocks.ts';
import { decodeUtf8 } from '../../../shared/text.ts';
import { errorCode } from '../http/errorCode.ts';
import { failed, type HttpFailure } from '../http/failure.ts';
import type { HeaderList, HttpRequest, HttpTimeouts } from '../http/protocol.ts';
import { noFirstByte, noResponse, responseTimeoutMs } from '../http/timeouts.ts';
import { nameOf, type Reply, type Said, type StandIn } from '../http/standIn.ts';
import { nearestHint } from '../tape/nearest.ts';

/** Answers requests by rules: the first that fits, and has not answered as often as it may. */
export class MockServer implements StandIn {
  readonly #rules: readonly { readonly rule: MockRule; left: number }[];
  readonly #unmatched: Mocks['unmatched'];

  constructor({ rules, unmatched }: Mocks) {
    this.#rules = rules.map((rule) => ({ rule, left: rule.times ?? Infinity }));
    this.#unmatched = unmatched;
  }

  /** With mocks that are all there is, every request is theirs; otherwise those that a rule may fit, its body aside. */
  claims(request: HttpRequest): boolean {
    return (
      this.#unmatched === 'fail' || this.#rules.some(({ rule, left }) => left > 0 && fitsHead(rule, request))
    );
  }

  reply(request: HttpRequest, body: Uint8Array): Reply | null {
    const found = this.#rules.find(
      ({ rule, left }) => left > 0 && fitsHead(rule, request) && fitsBody(rule.body, body),
    );
    if (found === undefined) return null;
    found.left--;
    const { delayMs, answer } = found.rule;
    return { source: 'mock', ...inTime(delayMs, request.timeouts, saidOf(answer)) };
  }

  unanswered(request: HttpRequest): HttpFailure | null {
    if (this.#unmatched === 'network') return null;
    const name = nameOf(request);
    const rules = this.#rules.map(({ rule: { method, url } }) => `${method ?? '*'} ${url ?? '*'}`);
    const words = `no mock fits ${name}${nearestHint(name, rules)}`;
    return failed({ tag: 'internal-error', val: words }, words);
  }
}

function fitsHead({ method, url, headers }: MockRule, request: HttpRequest): boolean {
  if (method !== null && method.toUpperCase() !== request.method.toUpperCase()) return false;
  if (url !== null && !fits(url, request.origin + request.path)) return false;
  return headers.every(([name, pattern]) => hasHeader(request.headers, name, pattern));
}

function hasHeader(headers: HeaderList, name: string, pattern: string): boolean {
  return headers.some(([other, value]) => other.toLowerCase() === name.toLowerCase() && fits(pattern, value));
}

/** Whether all of a text fits a pattern in which `*` stands for any characters. */
function fits(pattern: string, text: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(text);
}

function fitsBody(wanted: MockBody | null, body: Uint8Array): boolean {
  if (wanted === null) return true;
  if ('bytes' in wanted) return Buffer.compare(wanted.bytes, body) === 0;
  const text = decodeUtf8(body);
  if ('contains' in wanted) return text.includes(wanted.contains);
  try {
    return isDeepStrictEqual(JSON.parse(text), wanted.json);
  } catch {
    return false;
  }
}

function saidOf({ response, failure }: MockAnswer): Said[] {
  const said: Said[] = [];
  if (response !== null) {
    const { status, headers, body, trailers } = response;
    said.push({ kind: 'response', status, headers });
    said.push(...body.map((piece) => ({ kind: 'data' as const, bytes: new Uint8Array(piece) })));
    if (failure === null) said.push({ kind: 'end', trailers });
  }
  if (failure !== null) {
    const { code, message } = failure;
    const detail = message ?? 'a mock says so';
    said.push({
      kind: 'failed',
      failure: failed(errorCode(code, detail), message ?? `a mock fails it as ${code}`),
    });
  }
  return said;
}

/** A delay beyond the time that an answer may take makes a time-out, as a slow server's would. */
function inTime(delayMs: number, { firstByte }: HttpTimeouts, said: readonly Said[]): Omit<Reply, 'source'> {
  const limit = Math.min(firstByte ?? Infinity, responseTimeoutMs);
  if (delayMs <= limit) return { delayMs, said };
  const failure = limit === firstByte ? noFirstByte() : noResponse(responseTimeoutMs);
  return { delayMs: limit, said: [{ kind: 'failed', failure }] };
}
