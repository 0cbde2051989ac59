import { GuestExit, WaitedTooLong } from '../guest.ts';

/** How a run came to its end, before anybody says what that means. */
export type Ending =
  /** The program's entry function returned; preview 2 may return a failure, 1. */
  | { readonly kind: 'returned'; readonly code: number }
  /** It asked to exit, with 0 or any other code. */
  | { readonly kind: 'exited'; readonly code: number }
  /** The watchdog broke in at the time limit; or the host earlier, for the reason given, with V8's stack. */
  | { readonly kind: 'timed out'; readonly reason?: string; readonly stack?: string | undefined }
  /** Somebody stopped it. */
  | { readonly kind: 'stopped' }
  /** Something was thrown: a trap, or a failure of the host. */
  | { readonly kind: 'threw'; readonly error: unknown };

/** Plain WASI's view, as wasmtime's: `process::exit(0)` is a success too. */
export function exitCode(ending: Ending): number | null {
  return ending.kind === 'returned' || ending.kind === 'exited' ? ending.code : null;
}

/** The ending of a guest whose frames something was thrown through. */
export function endingOf(thrown: unknown): Ending {
  if (thrown instanceof GuestExit) return { kind: 'exited', code: thrown.code };
  if (thrown instanceof WaitedTooLong) {
    return { kind: 'timed out', reason: thrown.message, stack: thrown.stack };
  }
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null;
  // These two are what the watchdog of `vm.Script` throws.
  if (code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return { kind: 'timed out' };
  if (code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED') return { kind: 'stopped' };
  return { kind: 'threw', error: thrown };
}
