import type { Node } from 'jsonc-parser';
import {
  type Fields,
  flag,
  listOf,
  name,
  number,
  objectOf,
  oneOf,
  type Read,
  type Report,
  text,
  value,
} from '../jsonFiles/readers.ts';
import {
  type Cassette,
  cassetteVersion,
  type JsonValue,
  type RecordedBody,
  type RecordedCall,
  type RecordedExchange,
  type RecordedFailure,
  type RecordedProgram,
  type RecordedRequest,
  type RecordedResponse,
} from '../shared/cassette.ts';
import { httpErrorNames } from '../shared/httpErrorCodes.ts';

// What each property of a cassette takes. schemas/cassette.schema.json says the same to editors; a test holds the
// two together.

const count = number(0, Number.MAX_SAFE_INTEGER, { whole: true });
const json = value as Read<JsonValue>;

/** Text of a form, which a regular expression tells. */
const formed =
  (pattern: RegExp, form: string): Read<string> =>
  (node, report) => {
    const found = text(node, report);
    if (found === undefined || pattern.test(found)) return found;
    report(`This has to be ${form}.`, node);
    return undefined;
  };

const header: Read<readonly [string, string]> = (node, report) => {
  const pair = listOf(text)(node, report);
  if (pair?.length === 2) return [pair[0]!, pair[1]!];
  if (pair !== undefined) report('This has to be a name and a value.', node);
  return undefined;
};

const yes: Read<true> = (node, report) => (flag(node, report) === true ? true : undefined);

const digest = formed(/^[0-9a-f]{64}$/, '64 hexadecimal digits');

interface BodyFields {
  readonly text?: string;
  readonly base64?: string;
  readonly bytes?: number;
  readonly sha256?: string;
}
export const bodyFields: Fields<BodyFields> = {
  text,
  base64: formed(/^[A-Za-z0-9+/]*={0,2}$/, 'base64'),
  bytes: count,
  sha256: digest,
};
const kinds = ['text', 'base64', 'bytes,sha256'];

const body: Read<RecordedBody> = (node, report) => {
  const found = objectOf(bodyFields, [])(node, report);
  if (found === undefined) return undefined;
  if (kinds.includes(Object.keys(found).sort().join())) return found as RecordedBody;
  report('This takes “text”, “base64”, or “bytes” with “sha256”.', node);
  return undefined;
};

/** A response's bytes have to be there. */
const wholeBody: Read<RecordedBody> = (node, report) => {
  const found = body(node, report);
  if (found === undefined || !('sha256' in found)) return found;
  report('The body of a response has to be “text” or “base64”.', node);
  return undefined;
};

export const requestFields: Fields<RecordedRequest> = {
  method: name,
  url: name,
  headers: listOf(header),
  body,
  trailers: listOf(header),
};

export const responseFields: Fields<RecordedResponse> = {
  status: number(100, 999, { whole: true }),
  headers: listOf(header),
  body: wholeBody,
  withheld: text,
  chunks: listOf(count),
  trailers: listOf(header),
};

const detail: Read<string | number> = (node: Node, report: Report) =>
  node.type === 'number' ? count(node, report) : text(node, report);

export const failureFields: Fields<RecordedFailure> = {
  code: oneOf(httpErrorNames),
  detail,
  reason: text,
  refused: yes,
  timedOut: yes,
};

export const exchangeFields: Fields<RecordedExchange> = {
  request: objectOf(requestFields, ['method', 'url', 'headers']),
  answeredAfter: count,
  endedAfter: count,
  response: objectOf(responseFields, ['status', 'headers']),
  failure: objectOf(failureFields, ['code', 'reason']),
};

export const programFields: Fields<RecordedProgram> = { name: text, sha256: digest };

export const callFields: Fields<RecordedCall> = {
  interface: name,
  function: name,
  arguments: listOf(json),
  result: json,
};

const version: Read<typeof cassetteVersion> = (node, report) => {
  if (node.value === cassetteVersion) return cassetteVersion;
  report(`This version of WASI Workbench reads cassettes of version ${cassetteVersion}.`, node);
  return undefined;
};

export const cassetteFields: Fields<Cassette & { readonly $schema?: string }> = {
  $schema: text,
  version,
  program: objectOf(programFields, ['name', 'sha256']),
  http: listOf(objectOf(exchangeFields, ['request'])),
  calls: listOf(objectOf(callFields, ['interface', 'function', 'arguments', 'result'])),
  wallClock: listOf(
    formed(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/, 'a time such as 2026-01-31T12:00:00.123456789Z'),
  ),
  monotonicClock: listOf(formed(/^\d{1,20}$/, 'nanoseconds in digits')),
  random: listOf(formed(/^(?:[0-9a-f]{2})*$/, 'bytes in hexadecimal digits')),
  timing: listOf(
    formed(/^(?:poll|ready|get|read|write) \S*(?: ×\d+)?$/, 'an answer such as “poll 0” or “read yes ×3”'),
  ),
};
