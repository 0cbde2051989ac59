import type { Cassette, JsonValue } from '../../../shared/cassette.ts';
import type { Clocks } from '../clocks.ts';
import type { HttpTap, StandIn } from '../http/standIn.ts';
import type { Random } from '../random.ts';

/** What a run gets from outside, on its way to the guest: written down, or read back. */
export interface Tape {
  readonly clocks: Clocks;
  readonly random: Random;
  readonly tap?: HttpTap;
  readonly standIn?: StandIn;
  /**
   * The result of a host's function that reaches outside: `now` calls it where the run is recorded, and is left alone
   * where it is replayed. HTTP requests that it makes meanwhile are not recorded by themselves.
   *
   * @throws WorkbenchError `not-recorded` where a replayed run calls what was not recorded
   */
  call(iface: string, name: string, args: readonly JsonValue[], now: () => JsonValue): JsonValue;
  /** What was written down so far; null for a tape that is read, or that grew too large. */
  cassette(): Cassette | null;
}

/** The result of a host's function that reaches outside, by way of the tape where there is one. */
export function recordedCall(
  tape: Tape | undefined,
  iface: string,
  name: string,
  args: readonly JsonValue[],
  now: () => JsonValue,
): JsonValue {
  return tape === undefined ? now() : tape.call(iface, name, args, now);
}
