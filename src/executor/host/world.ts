import type { NetworkAttempt, NetworkOptions } from '../../shared/network.ts';
import type { OutlayerOptions } from '../../shared/outlayer.ts';
import type { Preopen } from '../../shared/runRequest.ts';
import type { Clocks } from './clocks.ts';
import type { HostCalls } from './hostCalls.ts';
import type { InputPipe, OutputPipe } from './stdio.ts';
import type { HttpTap, StandIn } from './http/standIn.ts';
import type { Random } from './random.ts';
import type { Tape } from './tape/tape.ts';

/** The network of one run. */
export interface WorldNetwork {
  readonly options: NetworkOptions;
  /** The thread that does HTTP: `process/httpWorker.ts`, bundled or not. */
  readonly workerUrl: URL;
  /** What the guest tried, in order; grows while it runs. */
  readonly attempts: NetworkAttempt[];
  /** What answers in the place of the network, in the order in which they are asked. */
  readonly standIns?: readonly StandIn[];
  /** Listens to what is said, to write it down. */
  readonly tap?: HttpTap;
}

/** What one run has of the OutLayer worker. */
export interface WorldWorker {
  readonly options: OutlayerOptions;
  /** Where its interfaces keep things between runs; null where they can't. */
  readonly dataFolder: string | null;
  /** micro-USD that the guest gave back. */
  refundUsd: number;
}

/**
 * Everything of the outside that one run's guest may see. Preview 1 and preview 2 are two doors into the same
 * world: one filesystem, one set of streams, clocks and randomness.
 */
export interface World {
  readonly argv: readonly string[];
  readonly env: readonly (readonly [name: string, value: string])[];
  readonly stdin: InputPipe;
  readonly stdout: OutputPipe;
  readonly stderr: OutputPipe;
  readonly clocks: Clocks;
  readonly random: Random;
  readonly preopens: readonly Preopen[];
  /** Left out where there is none: every request is then refused. */
  readonly network?: WorldNetwork;
  /** Left out where there is nothing of it. */
  readonly worker?: WorldWorker;
  /** Left out where the run is neither recorded nor replayed. */
  readonly tape?: Tape;
  /** What the guest tried that no run has, to explain how it ended. */
  readonly tried?: { socket: boolean };
  /** Counts what the guest asks for; left out where the run is not profiled. */
  readonly hostCalls?: HostCalls;
}
