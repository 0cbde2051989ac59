import { failed, type HttpFailure } from './failure.ts';

/** Milliseconds that a host has to begin its response, as the OutLayer worker has it. */
export const responseTimeoutMs = 30_000;

/** The host's own time for an answer is over; a second such time-out ends the run. */
export function noResponse(afterMs: number): HttpFailure {
  const reason = `no response within ${afterMs / 1000} seconds`;
  return { code: { tag: 'connection-timeout' }, reason, timedOut: true };
}

/** The program's own time for an answer is over. */
export function noFirstByte(): HttpFailure {
  const reason = 'no response within the first-byte time-out of the program';
  return failed({ tag: 'connection-read-timeout' }, reason);
}
