import type { TapeOptions } from '../../../shared/cassette.ts';
import type { Clocks } from '../clocks.ts';
import type { Random } from '../random.ts';
import { Player } from './player.ts';
import { Recorder } from './recorder.ts';
import type { Tape } from './tape.ts';

/** The tape of a run: written, of what these clocks and this random source give, or read. */
export function openTape(options: TapeOptions, clocks: Clocks, random: Random): Tape {
  return options.mode === 'record'
    ? new Recorder(options.redaction, clocks, random)
    : new Player(options.cassette, options.redaction);
}
