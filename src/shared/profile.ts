import type { FuelModel } from './fuelModel.ts';

/** Where the fuel of one run went, counted and not sampled. */
export interface Profile {
  /** The run's fuel, as in its result. */
  readonly fuel: number;
  readonly fuelModel: FuelModel;
  /**
   * What the functions' `self` add up to beyond {@link fuel}: 0 for a run that ended by itself, by an exit or by a
   * panic, or was stopped from outside. wasmtime loses what a function used since its last call where it traps in
   * between, and caps the fuel at the limit; the profile has it.
   */
  readonly uncounted: number;
  /** Dearest first. */
  readonly functions: readonly ProfiledFunction[];
  /** Dearest first; inlined code counts for its own line. With {@link unattributed} they add up to what functions do. */
  readonly lines: readonly ProfiledLine[];
  /** Units of code that belongs to no line. */
  readonly unattributed: number;
  readonly crates: readonly ProfiledCrate[];
  /** Dearest first; they add up to what functions do. */
  readonly stacks: readonly ProfiledStack[];
  /** Where memories grew, in order; left out in files of older versions. */
  readonly growths?: readonly ProfiledGrowth[];
  /** What was asked of the host, the longest first; it costs no fuel. Left out in files of older versions. */
  readonly hostCalls?: readonly ProfiledHostCall[];
  /**
   * Where a run was that trapped, ran out of something or was stopped: positions in {@link functions}, outermost first.
   * Left out, or empty, for one that ended by itself.
   */
  readonly ended?: readonly number[];
  /**
   * The line of the user's own that most went to: units of its code, and of all code of others that is inlined in it.
   * Null where no line is the user's; left out in what was read from a file.
   */
  readonly hottest?: Pick<ProfiledLine, 'file' | 'line' | 'self'> | null;
}

export interface ProfiledFunction {
  /** Demangled; `wasm-function[N]` where the module doesn't name it. Line tables name what is inlined, without its path. */
  readonly name: string;
  /** Where it begins, its first code for one that is only inlined; null without line tables. */
  readonly file: string | null;
  readonly line: number | null;
  /** Of the function itself: what was inlined isn't called. */
  readonly calls: number;
  /** Units of its own code, wherever that was inlined, and without what is inlined in it. */
  readonly self: number;
  /** Units of it, of all that is inlined in it and of all that it called, each once where it recurs. */
  readonly total: number;
  /** Units of {@link self} that are of copies within other functions; left out where there are none. */
  readonly inlined?: number;
}

export interface ProfiledLine {
  readonly file: string;
  readonly line: number;
  readonly self: number;
  /** Units of it and of all code that was inlined from it: what the line became, calls that stayed calls aside. */
  readonly total: number;
}

/** Whose code it is: the user's, a dependency's, Rust's library with the C library under it, or not known. */
export type CodeOrigin = 'yours' | 'dependency' | 'std' | 'unknown';

export interface ProfiledCrate {
  readonly origin: CodeOrigin;
  /** Of a dependency or of a part of the library; empty for what is the user's or unknown. */
  readonly name: string;
  readonly self: number;
}

export interface ProfiledGrowth {
  /** Units that the module had used until then. */
  readonly fuel: number;
  /** That the memory had from then on. */
  readonly bytes: number;
  /** Position in {@link Profile.functions} of who asked for it. */
  readonly function: number;
}

export interface ProfiledHostCall {
  /** Preview 1's name, or of an interface and its function in WIT. */
  readonly name: string;
  readonly count: number;
  /** That it moved, in or out, where it moves any. */
  readonly bytes: number;
  /** Milliseconds in all; unlike fuel, they differ from run to run. */
  readonly ms: number;
}

export interface ProfiledStack {
  /** Positions in {@link Profile.functions}, outermost first. A function that calls itself stands there once. */
  readonly frames: readonly number[];
  readonly self: number;
  /** Of the innermost function, from just these callers. */
  readonly calls: number;
}
