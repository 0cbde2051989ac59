import type { Asked, Servers } from './http.ts';

/** Requests that fail on the way, and what the fixture's `request` prints of each: the interface's own code. */
export const failures: readonly [
  what: string,
  asked: (servers: Servers) => Partial<Asked>,
  printed: RegExp,
][] = [
  [
    'a body that is cut off',
    () => ({ path: '/cut' }),
    /\nbody 9 \d+ Some\(ErrorCode::HttpResponseIncomplete\)/,
  ],
  ['a server that hangs up', () => ({ path: '/hang-up' }), /^error ErrorCode::ConnectionTerminated/],
  [
    'a port that nobody listens on',
    () => ({ authority: 'near.test:1' }),
    /^error ErrorCode::ConnectionRefused/,
  ],
  ['a server of another protocol', ({ raw }) => ({ authority: `near.test:${raw}` }), /HttpProtocolError/],
  ['TLS to a server without', () => ({ scheme: 'https' }), /^error ErrorCode::TlsProtocolError/],
  ['a first byte that is late', () => ({ path: '/silent', timeouts: [0, 100, 0] }), /ConnectionReadTimeout/],
  [
    'bytes that are late',
    () => ({ path: '/stalls', timeouts: [0, 0, 100] }),
    /Some\(ErrorCode::ConnectionReadTimeout\)/,
  ],
  ['a server that never answers', () => ({ path: '/silent' }), /^error ErrorCode::ConnectionTimeout/],
  [
    'a connection that is not there in time',
    ({ mute }) => ({ scheme: 'https', authority: `near.test:${mute}`, timeouts: [100, 0, 0] }),
    /^error ErrorCode::ConnectionTimeout/,
  ],
  ['a name that nobody resolves', () => ({ authority: 'mute.test' }), /^error ErrorCode::ConnectionTimeout/],
  [
    'a name that is none',
    () => ({ authority: 'none.test' }),
    /InternalError\(Some\("dns resolution failed: no such/,
  ],
];
