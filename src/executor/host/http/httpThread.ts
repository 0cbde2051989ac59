import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { defaultNetwork } from '../../../shared/network.ts';
import { WaitedTooLong } from '../../guest.ts';
import type { WorldNetwork } from '../world.ts';
import { type Clocks, systemClocks } from '../clocks.ts';
import { type Destination, manifestRefusal, refusal } from './destination.ts';
import { type Carrier, Exchange } from './exchange.ts';
import type { HttpFailure } from './failure.ts';
import { LocalExchange } from './localExchange.ts';
import type { FromHttpWorker, HttpRequest, HttpWorkerData, ToHttpWorker } from './protocol.ts';

interface Thread {
  readonly worker: Worker;
  readonly port: MessagePort;
}

/** As on the worker: a second host that does not answer ends the run. */
const mostTimeOuts = 2;
const longestWaitMs = 2 ** 31 - 1;

/**
 * The network as the guest's thread has it: requests go to a thread of their own, which is started by the first, and
 * this one sleeps until it rings. Sleeping is an `Atomics.wait`, which the watchdog breaks into.
 */
export class HttpThread implements Carrier {
  /** The host names of the program's manifest; null where it names none. */
  manifestHosts: readonly string[] | null = null;
  readonly #network: WorldNetwork | null;
  readonly #bell = new SharedArrayBuffer(4);
  readonly #cell = new Int32Array(this.#bell);
  readonly #clocks: Clocks;
  readonly #exchanges = new Map<number, Exchange>();
  /** Those that stand-ins answer. */
  readonly #local = new Map<number, LocalExchange>();
  /** Those that stand-ins left to the network; what was sent of them is told already. */
  readonly #forwarded = new Set<number>();
  #heard = 0;
  #timeOuts = 0;
  #lastId = 0;
  #thread: Thread | null = null;

  constructor(network: WorldNetwork | null, clocks: Clocks = systemClocks()) {
    this.#network = network;
    this.#clocks = clocks;
  }

  /** Why the policy keeps a request from its host; null where it lets it out. */
  refusal(destination: Destination, request: HttpRequest): HttpFailure | null {
    const failure = this.#refusal(destination, request);
    if (failure !== null) this.#network?.tap?.refused(request, failure);
    return failure;
  }

  /** A request that a stand-in may answer reaches nobody; the program's own manifest holds all the same. */
  #refusal(destination: Destination, request: HttpRequest): HttpFailure | null {
    const { options = { ...defaultNetwork, enabled: false }, standIns = [] } = this.#network ?? {};
    const { manifestHosts } = this;
    const claimed = standIns.some((standIn) => standIn.claims(request));
    if (!claimed) return refusal(destination, { options, manifestHosts });
    const recorded = standIns.map((standIn) => standIn.refusal?.(request) ?? null);
    return manifestRefusal(destination, manifestHosts) ?? recorded.find((each) => each !== null) ?? null;
  }

  /** Enters an attempt that goes no further into the run's record. */
  recordRefusal(host: string, method: string, { reason }: HttpFailure): void {
    const refused = { host, method, status: null, bytes: 0, ms: 0, allowed: false, reason };
    this.#network?.attempts.push({ ...refused, source: 'none' });
  }

  /** Sends a request; its exchange gets on whenever the guest's thread asks how things are. */
  start(destination: Destination, request: HttpRequest): Exchange {
    const id = ++this.#lastId;
    const exchange = new Exchange(id, request, this, this.#network?.attempts ?? []);
    this.#exchanges.set(id, exchange);
    const standIns = this.#network?.standIns ?? [];
    if (standIns.some((standIn) => standIn.claims(request))) {
      const local = new LocalExchange(id, request, {
        standIns,
        clocks: this.#clocks,
        forward: (messages) => this.#forward(destination, messages),
        answeredBy: (source) => (exchange.source = source),
      });
      this.#local.set(id, local);
    }
    this.post({ kind: 'start', id, request });
    return exchange;
  }

  post(message: ToHttpWorker): void {
    this.#network?.tap?.sent(message);
    const local = this.#local.get(message.id);
    if (local === undefined) this.#postToWorker(message);
    else if (local.take(message)) this.#local.delete(message.id);
  }

  #postToWorker(message: ToHttpWorker): void {
    this.#thread ??= startThread(this.#network!, this.#bell);
    this.#thread.port.postMessage(message);
  }

  /** What no stand-in answered goes out after all, if the whole of the policy lets it. */
  #forward(destination: Destination, messages: readonly ToHttpWorker[]): void {
    const { options } = this.#network!;
    const failure = refusal(destination, { options, manifestHosts: this.manifestHosts });
    const { id } = messages[0]!;
    this.#forwarded.add(id);
    if (failure === null) for (const message of messages) this.#postToWorker(message);
    else this.#take({ kind: 'failed', id, failure });
  }

  /** Takes in what has arrived. */
  poll(): void {
    for (const local of this.#local.values()) for (const message of local.said()) this.#take(message);
    if (this.#thread === null) return;
    this.#heard = Atomics.load(this.#cell, 0);
    for (;;) {
      const received = receiveMessageOnPort(this.#thread.port) as { message: FromHttpWorker } | undefined;
      if (received === undefined) return;
      const { message } = received;
      if (message.kind !== 'sent' || !this.#forwarded.has(message.id)) this.#take(message);
    }
  }

  /** Waits for more than the last {@link poll} took in, at most that many nanoseconds; null for no such bound. */
  wait(most: bigint | null): void {
    const left = [most, ...[...this.#local.values()].map((local) => local.nanosecondsLeft())]
      .filter((each) => each !== null)
      .reduce<bigint | null>((least, each) => (least === null || each < least ? each : least), null);
    // Nobody but the thread rings; and a replayed run's time passes only where it sleeps.
    if (this.#thread === null && left !== null) {
      this.#clocks.sleep(left);
      return;
    }
    const ms = left === null ? longestWaitMs : Math.min(Number(left) / 1e6, longestWaitMs);
    Atomics.wait(this.#cell, 0, this.#heard, ms);
  }

  /** Ends the thread and whatever it still does. */
  close(): void {
    for (const exchange of this.#exchanges.values()) exchange.runEnded();
    if (this.#thread === null) return;
    this.#thread.port.close();
    void this.#thread.worker.terminate();
    this.#thread = null;
  }

  #take(message: FromHttpWorker): void {
    const exchange = this.#exchanges.get(message.id);
    if (exchange !== undefined) this.#network?.tap?.received(message);
    exchange?.take(message);
    if (message.kind === 'end' || message.kind === 'failed') {
      this.#exchanges.delete(message.id);
      this.#local.delete(message.id);
    }
    if (message.kind !== 'failed' || message.failure.timedOut !== true) return;
    if (++this.#timeOuts < mostTimeOuts) return;
    throw new WaitedTooLong(`Two requests of the program had ${message.failure.reason}.`);
  }
}

function startThread({ options, workerUrl }: WorldNetwork, bell: SharedArrayBuffer): Thread {
  const { port1, port2 } = new MessageChannel();
  const { allowLocal, caFile } = options;
  const workerData: HttpWorkerData = { port: port2, bell, allowLocal, caFile };
  const worker = new Worker(workerUrl, { workerData, transferList: [port2] });
  worker.unref();
  port1.unref();
  return { worker, port: port1 };
}
