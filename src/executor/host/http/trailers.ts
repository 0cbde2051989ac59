import type { HeaderList } from './protocol.ts';

/** Fields that hyper, the worker's client, never sends as trailers. */
const neverTrailers = new Set([
  'authorization',
  'cache-control',
  'content-encoding',
  'content-length',
  'content-range',
  'content-type',
  'host',
  'max-forwards',
  'set-cookie',
  'te',
  'trailer',
  'transfer-encoding',
]);

/** Names that the request's `Trailer` header announces, in lower case. */
export function announcedTrailers(headers: HeaderList): ReadonlySet<string> {
  const names = headers
    .filter(([name]) => name.toLowerCase() === 'trailer')
    .flatMap(([, value]) => value.split(','))
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && !neverTrailers.has(name));
  return new Set(names);
}

/** Whether a request can have trailers: of one whose length is given none are sent. */
export function hasTrailers(headers: HeaderList): boolean {
  return (
    announcedTrailers(headers).size > 0 && !headers.some(([name]) => name.toLowerCase() === 'content-length')
  );
}
