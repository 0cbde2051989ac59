import { createHash } from 'node:crypto';
import { isUtf8 } from 'node:buffer';
import type { RecordedBody } from '../../../shared/cassette.ts';

/** Bytes of a request's body that are kept as they are; of a longer one the digest is enough to know it again. */
const mostKept = 64 * 1024;

/** All of a body, as text where it is UTF-8; undefined where it is empty. */
export function recordBody(bytes: Uint8Array): RecordedBody | undefined {
  if (bytes.length === 0) return undefined;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return isUtf8(buffer) ? { text: buffer.toString('utf8') } : { base64: buffer.toString('base64') };
}

/** What a request's body may hold. */
interface RequestBodyKind {
  /** Whether there are secrets: only what is plainly text is kept then, since nobody sees one in what is compressed. */
  readonly mayHide: boolean;
  /** Whether it has a content coding; what it makes of a short text may happen to be UTF-8. */
  readonly encoded: boolean;
}

/** A request's body, or what is enough to know it again. */
export function recordRequestBody(
  bytes: Uint8Array,
  { mayHide, encoded }: RequestBodyKind,
): RecordedBody | undefined {
  if (bytes.length === 0) return undefined;
  const hides = mayHide && (encoded || !isUtf8(bytes));
  return bytes.length > mostKept || hides
    ? { bytes: bytes.length, sha256: digest(bytes) }
    : recordBody(bytes);
}

/** @throws TypeError for a digest, which no bytes can be read from */
export function bodyBytes(body: RecordedBody | undefined): Uint8Array {
  if (body === undefined) return new Uint8Array(0);
  if ('text' in body) return Buffer.from(body.text, 'utf8');
  if ('base64' in body) return Buffer.from(body.base64, 'base64');
  throw new TypeError('a response has its bytes');
}

/** Whether a request's body, secrets taken out, is the one that was recorded. */
export function isBody(body: RecordedBody | undefined, bytes: Uint8Array): boolean {
  if (body !== undefined && 'sha256' in body) {
    return body.bytes === bytes.length && body.sha256 === digest(bytes);
  }
  return Buffer.compare(bodyBytes(body), bytes) === 0;
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
