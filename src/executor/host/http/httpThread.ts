import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { defaultNetwork } from '../../../shared/network.ts';
import { WaitedTooLong } from '../../guest.ts';
import type { WorldNetwork } from '../world.ts';
import { type Destination, refusal } from './destination.ts';
import { Exchange } from './exchange.ts';
import type { HttpFailure } from './failure.ts';
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
export class HttpThread {
  /** The host names of the program's manifest; null where it names none. */
  manifestHosts: readonly string[] | null = null;
  readonly #network: WorldNetwork | null;
  readonly #bell = new SharedArrayBuffer(4);
  readonly #cell = new Int32Array(this.#bell);
  readonly #exchanges = new Map<number, Exchange>();
  #heard = 0;
  #timeOuts = 0;
  #lastId = 0;
  #thread: Thread | null = null;

  constructor(network: WorldNetwork | null) {
    this.#network = network;
  }

  /** Why the policy keeps a request from that host; null where it lets it out. */
  refusal(destination: Destination): HttpFailure | null {
    const options = this.#network?.options ?? { ...defaultNetwork, enabled: false };
    return refusal(destination, { options, manifestHosts: this.manifestHosts });
  }

  /** Enters an attempt that goes no further into the run's record. */
  recordRefusal(host: string, method: string, failure: HttpFailure): void {
    const { reason } = failure;
    this.#network?.attempts.push({ host, method, status: null, bytes: 0, ms: 0, allowed: false, reason });
  }

  /** Sends a request; its exchange gets on whenever the guest's thread asks how things are. */
  start(request: HttpRequest): Exchange {
    const id = ++this.#lastId;
    const exchange = new Exchange(id, request, this, this.#network?.attempts ?? []);
    this.#exchanges.set(id, exchange);
    this.post({ kind: 'start', id, request });
    return exchange;
  }

  post(message: ToHttpWorker): void {
    this.#thread ??= startThread(this.#network!, this.#bell);
    this.#thread.port.postMessage(message);
  }

  /** Takes in what has arrived. */
  poll(): void {
    if (this.#thread === null) return;
    this.#heard = Atomics.load(this.#cell, 0);
    for (;;) {
      const received = receiveMessageOnPort(this.#thread.port) as { message: FromHttpWorker } | undefined;
      if (received === undefined) return;
      this.#take(received.message);
    }
  }

  /** Waits for more than the last {@link poll} took in, at most that many nanoseconds; null for no such bound. */
  wait(most: bigint | null): void {
    const ms = most === null ? longestWaitMs : Math.min(Number(most) / 1e6, longestWaitMs);
    Atomics.wait(this.#cell, 0, this.#heard, ms);
  }

  /** Ends the thread and whatever it still does. */
  close(): void {
    if (this.#thread === null) return;
    for (const exchange of this.#exchanges.values()) exchange.runEnded();
    this.#thread.port.close();
    void this.#thread.worker.terminate();
    this.#thread = null;
  }

  #take(message: FromHttpWorker): void {
    const exchange = this.#exchanges.get(message.id);
    exchange?.take(message);
    if (message.kind === 'end' || message.kind === 'failed') this.#exchanges.delete(message.id);
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
