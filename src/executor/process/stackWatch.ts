import { decodeUtf8, encodeUtf8 } from '../../shared/text.ts';

/**
 * What the guest's thread and the pump's share to learn where a guest was when its time ran out. The watchdog's error
 * has no stack of the guest, and so the pump asks for it by the inspector shortly before: V8 answers from within a loop
 * of WebAssembly or an `Atomics.wait`, in a millisecond, without a debugger that would slow the guest down.
 */
export interface SharedStack {
  /** When to read, then for when what was read is; in nanoseconds of `process.hrtime`, 0 for never. */
  readonly times: SharedArrayBuffer;
  readonly text: SharedArrayBuffer;
}

const cell = { due: 0, of: 1, length: 2 } as const;
const most = 1 << 16;

/**
 * Seconds before the time limit at which the stack is asked for, and the largest share of a short limit that this may
 * be. The answer has to come until then: later where the machine is busy, or the guest's thread in a system call.
 */
const lead = 1;
const largestShare = 0.25;

export function createSharedStack(): SharedStack {
  return { times: new SharedArrayBuffer(24), text: new SharedArrayBuffer(most) };
}

/** The guest's side. */
export class StackWatch {
  readonly #times: BigInt64Array;
  readonly #text: Uint8Array;
  #due = 0n;

  constructor({ times, text }: SharedStack) {
    this.#times = new BigInt64Array(times);
    this.#text = new Uint8Array(text);
  }

  /** To be called as the guest begins. */
  begin(limitSeconds: number): void {
    const after = limitSeconds - Math.min(lead, limitSeconds * largestShare);
    this.#due = process.hrtime.bigint() + BigInt(Math.round(after * 1e9));
    Atomics.store(this.#times, cell.due, this.#due);
  }

  /** To be called when it has ended: the stack in V8's words, where it was read. */
  end(): string | null {
    const due = this.#due;
    this.#due = 0n;
    Atomics.store(this.#times, cell.due, 0n);
    if (due === 0n || Atomics.load(this.#times, cell.of) !== due) return null;
    return decodeUtf8(this.#text.slice(0, Number(Atomics.load(this.#times, cell.length))));
  }
}

/** The pump's side. */
export class StackReader {
  readonly #times: BigInt64Array;
  readonly #text: Uint8Array;
  #reading: Promise<void> | null = null;

  constructor({ times, text }: SharedStack) {
    this.#times = new BigInt64Array(times);
    this.#text = new Uint8Array(text);
  }

  /** Settles when what is being read was answered, by the next run's end at the latest; null while nothing is. */
  get reading(): Promise<void> | null {
    return this.#reading;
  }

  /** Begins to read the stack where it is time to, once for each run. */
  readIfDue(): void {
    const due = Atomics.load(this.#times, cell.due);
    if (due === 0n || this.#reading !== null || process.hrtime.bigint() < due) return;
    if (Atomics.compareExchange(this.#times, cell.due, due, 0n) !== due) return;
    this.#reading = this.#read(due).finally(() => (this.#reading = null));
  }

  /** An answer that comes after the run's end is of that run, and so nobody's any more. */
  async #read(due: bigint): Promise<void> {
    const stack = encodeUtf8((await stackOfMainThread().catch(() => null)) ?? '').subarray(0, most);
    this.#text.set(stack);
    Atomics.store(this.#times, cell.length, BigInt(stack.length));
    Atomics.store(this.#times, cell.of, due);
  }
}

/** Answered as soon as that thread runs code, or waits for events; null where it can't tell. */
async function stackOfMainThread(): Promise<string | null> {
  const { Session } = await import('node:inspector');
  const session = new Session();
  session.connectToMainThread();
  try {
    return await new Promise((read) => {
      session.post('Runtime.evaluate', { expression: 'new Error().stack' }, (error, answer) => {
        const value: unknown = error === null ? answer.result.value : null;
        read(typeof value === 'string' ? value : null);
      });
    });
  } finally {
    session.disconnect();
  }
}
