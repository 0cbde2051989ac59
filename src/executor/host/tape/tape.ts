import type { Cassette, JsonValue, TapeOptions } from '../../../shared/cassette.ts';
import type { Clocks } from '../clocks.ts';
import type { HttpTap, StandIn } from '../http/standIn.ts';
import type { Random } from '../random.ts';
import { Player } from './player.ts';
import { Recorder } from './recorder.ts';

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

export function openTape(options: TapeOptions, clocks: Clocks, random: Random): Tape {
  return options.mode === 'record'
    ? new Recorder(options.redaction, clocks, random)
    : new Player(options.cassette, options.redaction);
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
