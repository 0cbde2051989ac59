import {
  type Cassette,
  cassetteVersion,
  type JsonValue,
  type RecordedCall,
  type Redaction,
} from '../../../shared/cassette.ts';
import type { Clocks } from '../clocks.ts';
import type { HttpFailure } from '../http/failure.ts';
import type { HttpRequest } from '../http/protocol.ts';
import type { HttpTap } from '../http/standIn.ts';
import type { Random } from '../random.ts';
import { ExchangeRecorder } from './exchangeRecorder.ts';
import { Redactor } from './redactor.ts';
import type { Tape } from './tape.ts';
import { TimingWriter } from './timingLog.ts';
import { wallText } from './wallText.ts';

/** What one cassette holds at most: beyond it nobody reads the file, and the process would run out of memory. */
const mostBytes = 64 * 1024 * 1024;
const mostReadings = 200_000;

/** Writes down what a run gets from outside, as it gets it. */
export class Recorder implements Tape {
  readonly clocks: Clocks;
  readonly random: Random;
  readonly tap: HttpTap;
  readonly #redactor: Redactor;
  readonly #exchanges = new Map<number, ExchangeRecorder>();
  /** In the order of their starts. */
  readonly #http: ExchangeRecorder[] = [];
  readonly #calls: RecordedCall[] = [];
  readonly #wall: string[] = [];
  readonly #monotonic: string[] = [];
  readonly #random: string[] = [];
  readonly #timing = new TimingWriter();
  #bytes = 0;
  #callDepth = 0;

  constructor(redaction: Redaction, clocks: Clocks, random: Random) {
    this.#redactor = new Redactor(redaction);
    this.clocks = { ...clocks, tape: this.#timeTape() };
    this.random = {
      fill: (bytes) => {
        random.fill(bytes);
        this.#bytes += bytes.length;
        if (this.#fits) this.#random.push(Buffer.from(bytes).toString('hex'));
      },
    };
    this.tap = this.#httpTap();
  }

  call(iface: string, name: string, args: readonly JsonValue[], now: () => JsonValue): JsonValue {
    this.#callDepth++;
    try {
      const result = now();
      const call = { interface: iface, function: name, arguments: args, result };
      this.#bytes += JSON.stringify(call).length;
      if (this.#fits) this.#calls.push(this.#redactor.json(call) as unknown as RecordedCall);
      return result;
    } finally {
      this.#callDepth--;
    }
  }

  cassette(): Cassette | null {
    if (!this.#fits) return null;
    return {
      version: cassetteVersion,
      http: this.#http.map((exchange) => exchange.recorded(this.#redactor)),
      calls: this.#calls,
      wallClock: this.#wall,
      monotonicClock: this.#monotonic,
      random: this.#random,
      timing: this.#timing.lines,
    };
  }

  get #fits(): boolean {
    const readings = this.#wall.length + this.#monotonic.length + this.#timing.lines.length;
    return this.#bytes <= mostBytes && readings <= mostReadings;
  }

  #timeTape(): NonNullable<Clocks['tape']> {
    return {
      wall: (now) => {
        const time = now();
        if (this.#fits) this.#wall.push(wallText(time));
        return time;
      },
      monotonic: (now) => {
        const time = now();
        if (this.#fits) this.#monotonic.push(String(time));
        return time;
      },
      answer: (question, now) => {
        const answer = now();
        if (this.#fits) this.#timing.add(question, answer);
        return answer;
      },
    };
  }

  #httpTap(): HttpTap {
    return {
      sent: (message) => {
        if (this.#callDepth > 0) return;
        if (message.kind === 'start') this.#exchanges.set(message.id, this.#begin(message.request));
        else this.#keep(message.id, (exchange) => exchange.sent(message));
      },
      received: (message) => this.#keep(message.id, (exchange) => exchange.received(message)),
      refused: (request, failure) => this.#refused(request, failure),
    };
  }

  #keep(id: number, take: (exchange: ExchangeRecorder) => number): void {
    // What a recorded call does over the network has numbers of its own.
    const exchange = this.#callDepth > 0 ? undefined : this.#exchanges.get(id);
    if (exchange !== undefined && this.#fits) this.#bytes += take(exchange);
  }

  #begin(request: HttpRequest): ExchangeRecorder {
    const exchange = new ExchangeRecorder(request);
    if (this.#fits) this.#http.push(exchange);
    return exchange;
  }

  #refused(request: HttpRequest, failure: HttpFailure): void {
    if (this.#callDepth > 0) return;
    this.#begin({ ...request, hasBody: false }).end(failure);
  }
}
