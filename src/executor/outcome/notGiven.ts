import type { Frame } from '../../shared/workbenchError.ts';

/** Rust's words for an environment variable that is not set. */
export const missingVariable = /\bNotPresent\b|environment variable not found/;

/** Those of Rust's library and of WASI for a path outside of every folder that was given. */
export const missingFolder = /failed to find a pre-opened file descriptor|code: 44, kind: NotFound/;

/** Who asked for a socket has this. */
export const noSockets =
  'Sockets are closed to programs here, as on the OutLayer worker: for HTTP use a crate made for wasi:http, such as wstd or waki, on wasm32-wasip2.';

/** Whether a bare module, of whose panic there is no message, panicked as it asked for the time. */
export function askedForTime(backtrace: readonly Frame[]): boolean {
  return backtrace.some(({ function: name }) => /\bstd::time::(?:Instant|SystemTime)>?::now$/.test(name));
}

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
    pattern: /failed to spawn thread/,
    words: 'A program has one thread: do the work in it.',
  },
  {
    pattern: /operation not supported on this platform/,
    words: `Rust's library has this for other platforms only, as it has processes and, for wasm32-wasip1, sockets. ${noSockets}`,
  },
];

/**
 * A sentence on what the program lacked, for the hint; null where its panic or its stderr tells of none.
 *
 * @param facts whether it asked for a socket: its words for that are those for a file that may not be opened
 */
export function notGiven(text: string, { triedSocket }: { readonly triedSocket: boolean }): string | null {
  if (triedSocket && /\bPermissionDenied\b|Permission denied/.test(text)) return noSockets;
  return reasons.find(({ pattern }) => pattern.test(text))?.words ?? null;
}
