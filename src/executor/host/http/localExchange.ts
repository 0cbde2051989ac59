import type { Clocks } from '../clocks.ts';
import type { FromHttpWorker, HttpRequest, ToHttpWorker } from './protocol.ts';
import type { EarlyReply, Reply, Said, StandIn } from './standIn.ts';

/** What a local exchange needs of the run. */
export interface LocalSurroundings {
  readonly standIns: readonly StandIn[];
  readonly clocks: Clocks;
  /** Hands the exchange over to the network, with all that the guest has said of it. */
  readonly forward: (messages: readonly ToHttpWorker[]) => void;
  /** Told of who answers. */
  readonly answeredBy: (source: Reply['source']) => void;
}

/** A request that a stand-in answers; what the thread would say of it is said here. */
export class LocalExchange {
  readonly #id: number;
  readonly #request: HttpRequest;
  readonly #surroundings: LocalSurroundings;
  readonly #heard: ToHttpWorker[] = [];
  readonly #body: Uint8Array[] = [];
  #bodyBytes = 0;
  #early: EarlyReply | null = null;
  /** What an early reply has left to say. */
  #later: Said[] = [];
  #queue: FromHttpWorker[] = [];
  #due = 0n;

  constructor(id: number, request: HttpRequest, surroundings: LocalSurroundings) {
    this.#id = id;
    this.#request = request;
    this.#surroundings = surroundings;
  }

  /** Takes what the guest's thread says; true once the exchange was handed over to the network. */
  take(message: ToHttpWorker): boolean {
    if (message.kind === 'read' || message.kind === 'abort') return false;
    this.#heard.push(message);
    if (message.kind === 'start') {
      if (!this.#request.hasBody) return this.#answer();
      this.#early = this.#firstEarly();
      if (this.#early !== null) this.#begin(this.#early);
    } else if (message.kind === 'body') {
      this.#body.push(message.bytes);
      this.#bodyBytes += message.bytes.length;
      this.#queue.push({ kind: 'sent', id: this.#id, bytes: message.bytes.length });
    } else if (this.#early === null) {
      return this.#answer();
    }
    if (this.#early !== null) this.#goOn(this.#early, message.kind === 'body end');
    return false;
  }

  /** What is to be said by now. */
  said(): FromHttpWorker[] {
    if (this.#surroundings.clocks.monotonicNow() < this.#due) return [];
    return this.#queue.splice(0);
  }

  /** Nanoseconds until there is more to say; null where nothing is to come. */
  nanosecondsLeft(): bigint | null {
    if (this.#queue.length === 0) return null;
    const left = this.#due - this.#surroundings.clocks.monotonicNow();
    return left > 0n ? left : 0n;
  }

  #firstEarly(): EarlyReply | null {
    for (const standIn of this.#surroundings.standIns) {
      const early = standIn.early?.(this.#request) ?? null;
      if (early !== null) return early;
    }
    return null;
  }

  #answer(): boolean {
    const { standIns, forward } = this.#surroundings;
    const body = Buffer.concat(this.#body);
    for (const standIn of standIns) {
      const reply = standIn.reply(this.#request, body);
      if (reply !== null) return this.#reply(reply);
    }
    for (const standIn of standIns) {
      const failure = standIn.unanswered(this.#request);
      if (failure !== null) {
        return this.#reply({ source: 'none', delayMs: 0, said: [{ kind: 'failed', failure }] });
      }
    }
    forward(this.#heard);
    return true;
  }

  #reply(reply: Reply): false {
    this.#begin(reply);
    this.#say(this.#later.splice(0));
    return false;
  }

  #begin({ source, delayMs, said }: Reply): void {
    const { clocks, answeredBy } = this.#surroundings;
    answeredBy(source);
    this.#due = clocks.monotonicNow() + BigInt(Math.round(delayMs * 1e6));
    this.#later = [...said];
  }

  #goOn({ afterBytes, endsAfterBytes }: EarlyReply, bodyEnded: boolean): void {
    if (!bodyEnded && this.#bodyBytes < afterBytes) return;
    const ends = bodyEnded || (endsAfterBytes !== null && this.#bodyBytes >= endsAfterBytes);
    // Its last word is its end, which may have to wait.
    this.#say(this.#later.splice(0, ends ? this.#later.length : this.#later.length - 1));
  }

  #say(said: readonly Said[]): void {
    this.#queue.push(...said.map((each) => ({ ...each, id: this.#id })));
  }
}
