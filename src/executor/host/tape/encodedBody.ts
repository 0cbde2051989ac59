import zlib, { constants } from 'node:zlib';
import type { HeaderList } from '../http/protocol.ts';
import type { Redactor } from './redactor.ts';

/** Bytes that a body may have once it is decoded: as many as a whole cassette holds. */
const mostBytes = 64 * 1024 * 1024;

type Decode = (bytes: Uint8Array) => Uint8Array;

/** What is there of a body that was cut off is decoded as well. */
const deflated = { maxOutputLength: mostBytes, finishFlush: constants.Z_SYNC_FLUSH };
const gzip: Decode = (bytes) => zlib.gunzipSync(bytes, deflated);

/** The content codings of RFC 9110, 7932 and 8878 that Node.js undoes. */
const codings: Readonly<Record<string, Decode>> = {
  gzip,
  'x-gzip': gzip,
  deflate: (bytes) => {
    try {
      return zlib.inflateSync(bytes, deflated);
    } catch {
      // Some servers leave out what zlib puts around it.
      return zlib.inflateRawSync(bytes, deflated);
    }
  },
  br: (bytes) =>
    zlib.brotliDecompressSync(bytes, {
      maxOutputLength: mostBytes,
      finishFlush: constants.BROTLI_OPERATION_FLUSH,
    }),
  zstd: (bytes) =>
    zlib.zstdDecompressSync(bytes, { maxOutputLength: mostBytes, finishFlush: constants.ZSTD_e_flush }),
};

/** The content codings of a message in the order in which they were applied, in lower case. */
export function contentCodings(headers: HeaderList): string[] {
  return headers
    .filter(([name]) => name.toLowerCase() === 'content-encoding')
    .flatMap(([, value]) => value.toLowerCase().split(','))
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
}

/**
 * Why a body must not be kept: it has a content coding within which a secret is, or one that can't be undone. A
 * secret can't be taken out of it without making other bytes, at another fuel.
 *
 * @returns null for a body that may be kept; else half a sentence about it
 */
export function whyWithheld(headers: HeaderList, body: Uint8Array, redactor: Redactor): string | null {
  const applied = contentCodings(headers);
  if (!redactor.hasSecrets || applied.length === 0 || body.length === 0) return null;
  const named = `its content-encoding, ${applied.join(', ')},`;
  try {
    const secret = redactor.secretIn(applied.reduceRight((bytes, coding) => decode(coding, bytes), body));
    return secret === null ? null : `${named} hides the secret ${secret}`;
  } catch (error) {
    return `${named} can't be undone (${messageOf(error as NodeJS.ErrnoException)}), and may hide a secret`;
  }
}

function messageOf({ code, message }: NodeJS.ErrnoException): string {
  return code === 'ERR_BUFFER_TOO_LARGE' ? 'more than 64 MiB come out of it' : message;
}

function decode(coding: string, bytes: Uint8Array): Uint8Array {
  if (!Object.hasOwn(codings, coding)) throw new Error(`${coding} is not known`);
  return codings[coding]!(bytes);
}
