import { isDeepStrictEqual } from 'node:util';
import type { Cassette, JsonValue, RecordedCall, Redaction } from '../../../shared/cassette.ts';
import { WorkbenchError } from '../../../shared/workbenchError.ts';
import type { Clocks } from '../clocks.ts';
import type { StandIn } from '../http/standIn.ts';
import { type Random, seededRandom } from '../random.ts';
import { ExchangePlayer } from './exchangePlayer.ts';
import { nearestHint } from './nearest.ts';
import { Redactor } from './redactor.ts';
import type { Tape } from './tape.ts';
import { TimingReader } from './timingLog.ts';
import { wallNanoseconds } from './wallText.ts';

/** Nanoseconds by which a clock goes on at each reading beyond those that were recorded. */
const step = 1000n;

/**
 * Gives a run what another got from outside. Nothing of this machine reaches it: time passes only where the program
 * sleeps or reads a clock, and a program that asks for more than was recorded gets the same in every replay.
 */
export class Player implements Tape {
  readonly clocks: Clocks;
  readonly random: Random;
  readonly standIn: StandIn;
  readonly #redactor: Redactor;
  readonly #calls: RecordedCall[];
  readonly #callNames: readonly string[];

  constructor(cassette: Cassette, redaction: Redaction) {
    this.#redactor = new Redactor(redaction);
    this.clocks = replayedClocks(cassette);
    this.random = replayedRandom(cassette.random);
    this.standIn = new ExchangePlayer(cassette.http, this.#redactor);
    this.#calls = [...cassette.calls];
    this.#callNames = cassette.calls.map(nameOfCall);
  }

  call(iface: string, name: string, args: readonly JsonValue[]): JsonValue {
    const asked = this.#redactor.json(args) as readonly JsonValue[];
    const at = this.#calls.findIndex(
      (call) =>
        call.interface === iface && call.function === name && isDeepStrictEqual(call.arguments, asked),
    );
    const [found] = at < 0 ? [] : this.#calls.splice(at, 1);
    if (found !== undefined) return this.#redactor.restoreJson(found.result);
    const named = nameOfCall({ interface: iface, function: name, arguments: asked });
    throw new WorkbenchError(
      'not-recorded',
      `${named} is not in the cassette${nearestHint(named, this.#callNames)}.`,
      { hint: 'Record the run again: the program calls something else than it did.' },
    );
  }

  cassette(): null {
    return null;
  }
}

function nameOfCall(call: Omit<RecordedCall, 'result'>): string {
  return `${call.interface}.${call.function}(${call.arguments.map((each) => JSON.stringify(each)).join(', ')})`;
}

function replayedClocks({ wallClock, monotonicClock, timing }: Cassette): Clocks {
  const walls = wallClock.flatMap((text) => wallNanoseconds(text) ?? []);
  const monotonics = monotonicClock.map(BigInt);
  const answers = new TimingReader(timing);
  let wall = walls[0] ?? 0n;
  let monotonic = monotonics[0] ?? 0n;
  const pass = (nanoseconds: bigint): void => {
    wall += nanoseconds;
    monotonic += nanoseconds;
  };
  return {
    wallNow: () => wall,
    monotonicNow: () => monotonic,
    resolution: 1n,
    sleep: pass,
    tape: {
      wall() {
        const next = walls.shift();
        if (next === undefined) pass(step);
        return next === undefined ? wall : (wall = next);
      },
      monotonic() {
        const next = monotonics.shift();
        if (next === undefined) pass(step);
        // A sleep may have taken less than it should have; the host's own time doesn't go back.
        else if (next > monotonic) monotonic = next;
        return next ?? monotonic;
      },
      answer(question, now) {
        const recorded = answers.next(question);
        if (recorded === null) return now();
        if (question === 'poll') return recorded;
        // Asked in any case: what the answer speaks of has to have come about for the host as well.
        const real = now();
        return recorded === 'yes' ? real : recorded;
      },
    },
  };
}

/** The bytes that were drawn, however they are drawn now; then such as are the same in every replay. */
function replayedRandom(draws: readonly string[]): Random {
  const recorded = Buffer.from(draws.join(''), 'hex');
  const beyond = seededRandom(0);
  let at = 0;
  return {
    fill(bytes) {
      const known = recorded.subarray(at, at + bytes.length);
      at += known.length;
      bytes.set(known);
      if (known.length < bytes.length) beyond.fill(bytes.subarray(known.length));
    },
  };
}
