/** Rust's words for an environment variable that is not set. */
export const missingVariable = /\bNotPresent\b|environment variable not found/;

/** Those of Rust's library and of WASI for a path outside of every folder that was given. */
export const missingFolder = /failed to find a pre-opened file descriptor|code: 44, kind: NotFound/;

/** Rust's words for the errno that every attempt to open a socket is answered with. */
export const closedSocket = /code: 2, kind: PermissionDenied/;

/** What a program asked for that it was not given, or that WASI has not, by the words of Rust's errors. */
const reasons: readonly { readonly pattern: RegExp; readonly words: string }[] = [
  {
    pattern: missingVariable,
    words: 'A program sees the variables only that it is given: --env NAME=VALUE, or env in a saved case.',
  },
  {
    pattern: missingFolder,
    words: 'A program sees the folders only that it is given: --dir HOST::GUEST, or folders in a saved case.',
  },
  {
    pattern: closedSocket,
    words:
      'Sockets are closed to programs here: for HTTP use a crate made for wasi:http, such as wstd or waki, on wasm32-wasip2.',
  },
  {
    pattern: /failed to spawn thread/,
    words: 'A program has one thread: do the work in it.',
  },
];

/** A sentence on what the panic's program lacked, for the hint; null where its message tells of none. */
export function notGiven(panicMessage: string): string | null {
  return reasons.find(({ pattern }) => pattern.test(panicMessage))?.words ?? null;
}
