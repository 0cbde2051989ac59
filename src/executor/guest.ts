import type { CoreEngine } from './engine/engine.ts';
import type { World } from './host/world.ts';

/** A program that is loaded, linked and about to run. */
export interface Guest {
  /**
   * Runs it to its end, synchronously, so that a watchdog can break into it.
   *
   * @returns the exit code: 0 where the program returned; preview 2 knows 0 and 1 only
   * @throws GuestExit, or whatever the engine throws for a trap
   */
  run(): number;
  /** Gives back what the run holds of the system, such as open files; to be called however the run ended. */
  close?(): void;
}

export interface GuestContext {
  readonly wasm: Uint8Array;
  readonly name: string;
  readonly engine: CoreEngine;
  readonly world: World;
}

/** What a format's file exports: everything up to just before the first instruction of the program. */
export type LoadGuest = (context: GuestContext) => Promise<Guest>;

/** Thrown through the guest's frames when it asks to exit; any `process::exit`, 0 included. */
export class GuestExit extends Error {
  readonly code: number;

  constructor(code: number) {
    super(`the program exited with ${code}`);
    this.name = 'GuestExit';
    this.code = code;
  }
}

/** Thrown through the guest's frames where the host ends a run for the time that it waited, as the worker does. */
export class WaitedTooLong extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'WaitedTooLong';
  }
}
