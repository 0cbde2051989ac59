import type { ErrorCode, ErrorValue } from '../../shared/workbenchError.ts';

/** Codes whose cause is the better half of what happened, and short. */
const withCause: readonly ErrorCode[] = [
  'unknown-format',
  'not-a-component',
  'not-a-module',
  'missing-start',
  'missing-run',
  'several-binaries',
];

/** An error as the one text that a list of problems has room for: what happened, and the next step. */
export function messageOf({ code, message, cause, hint }: ErrorValue): string {
  const parts = [message, withCause.includes(code) ? cause : null, hint];
  return parts.filter((part) => part !== null).join(' ');
}
