import type { FuelModel } from './fuelModel.ts';
import type { CodeOrigin, ProfiledCrate, ProfiledGrowth, ProfiledHostCall } from './profile.ts';

/** A profile as the panel draws it: sent once, when it comes into sight. Places are told by the editor, by position. */
export interface PanelProfile {
  /** What the panel asked for it by. */
  readonly id: number;
  /** What was run, or the file that it was saved in. */
  readonly title: string;
  readonly fuel: number;
  readonly fuelModel: FuelModel;
  /** Beyond {@link fuel}; see `Profile`. */
  readonly uncounted: number;
  readonly unattributed: number;
  /** Dearest first. */
  readonly functions: readonly PanelFunction[];
  /** Dearest first. */
  readonly lines: readonly PanelLine[];
  readonly crates: readonly PanelCrate[];
  readonly tree: PanelCallTree;
  readonly hostCalls: readonly ProfiledHostCall[];
  readonly growths: readonly ProfiledGrowth[];
  /** Whether the program can be built again, to compare with the worker's build. */
  readonly canRebuild: boolean;
}

export interface PanelFunction {
  readonly name: string;
  /** `src/main.rs:12`, the same on every machine; null without line tables. */
  readonly place: string | null;
  readonly origin: CodeOrigin;
  readonly calls: number;
  readonly self: number;
  readonly total: number;
  /** Whether copies of it within others are in what it cost, which nobody called. */
  readonly isInlined: boolean;
}

export interface PanelLine {
  readonly place: string;
  readonly origin: CodeOrigin;
  readonly self: number;
  /** With what is inlined from it. */
  readonly total: number;
}

export interface PanelCrate extends ProfiledCrate {
  /** Units of its functions, of all that is inlined in them and of all that they called, each once. */
  readonly total: number;
}

/** The calls of a run: a node for each function in each context, callers first, as columns of one length. */
export interface PanelCallTree {
  /** Position in {@link PanelProfile.functions}. */
  readonly functions: readonly number[];
  /** Position of the caller among the nodes; -1 for the outermost. */
  readonly parents: readonly number[];
  readonly self: readonly number[];
  readonly calls: readonly number[];
}

/** The same program on the same input, as the OutLayer worker builds it. */
export interface WorkerBuild {
  readonly fuel: number;
  readonly bytes: number;
  /** Of cargo's own build, without line tables; null where nothing was optimised, as is `optimiser`. */
  readonly bytesBefore: number | null;
  readonly optimiser: string | null;
  /** What such a run costs there, once the program is compiled: yoctoNEAR on chain as digits, micro-USD over HTTPS. */
  readonly price: { readonly yoctoNear: string; readonly microUsd: number };
}

export const sourceKinds = ['function', 'line'] as const;
/** What a place of a profile is of. */
export type SourceKind = (typeof sourceKinds)[number];
