import type { FuelModel } from './fuelModel.ts';
import type { Limits } from './limits.ts';
import type { ProfileKind } from './profileKind.ts';
import type { Measured } from './runResult.ts';
import type { FormatName, Target } from './target.ts';
import type { Frame } from './workbenchError.ts';

/** The one run that the panel shows: the same fields before, during and after it, so that nothing jumps. */
export interface PanelRun {
  readonly program: string;
  readonly target: Target;
  /** cargo's profile, such as `release`. */
  readonly buildProfile: string;
  readonly profileKind: ProfileKind;
  /** What stdin was, in a few words. */
  readonly input: string;
  readonly limits: Limits;
  readonly fuelModel: FuelModel;
  readonly phase: PanelPhase;
  /** Milliseconds; null until the build ended. */
  readonly buildMs: number | null;
  /** Sentences about the build that a person should read. */
  readonly notes: readonly string[];
  readonly outcome: PanelOutcome | null;
}

export type PanelPhase =
  | { readonly kind: 'building'; readonly elapsedMs: number; readonly progress: string | null }
  | { readonly kind: 'running'; readonly elapsedMs: number }
  | { readonly kind: 'done' };

/** How a run, or the build before it, ended. */
export interface PanelOutcome {
  /** In the view that leads: plain WASI's, or the worker's. */
  readonly success: boolean;
  /** One line that says so in the user's words. */
  readonly headline: string;
  readonly error: PanelError | null;
  /** Null where the build failed, so that nothing ran. */
  readonly measures: PanelMeasures | null;
}

export interface PanelMeasures {
  /** Null where the bytes are of no format that runs. */
  readonly format: FormatName | null;
  readonly formatTitle: string;
  readonly exitCode: number | null;
  readonly fuel: number;
  readonly peakMemoryBytes: number;
  readonly measured: Measured;
  readonly wasmBytes: number;
  readonly loadMs: number;
  readonly runMs: number;
  /** Plain WASI's view. */
  readonly success: boolean;
  readonly worker: {
    readonly success: boolean;
    readonly message: string | null;
    readonly billedFuel: number;
  };
}

export interface PanelError {
  readonly cause: string | null;
  readonly hint: string | null;
  /** Titles of the buttons; a press names its position. */
  readonly actions: readonly string[];
  readonly backtrace: readonly Frame[];
}

export const streams = ['output', 'stderr'] as const;
export type StreamName = (typeof streams)[number];

/** What is shown of a stream: all of it, or its start and its end with a cut between them. */
export interface StreamText {
  readonly head: string;
  /** Characters left out after `head`; 0 when nothing is. */
  readonly cutCharacters: number;
  readonly tail: string;
  /** Bytes that the program wrote, shown or not. */
  readonly bytes: number;
}

export const emptyStream: StreamText = { head: '', cutCharacters: 0, tail: '', bytes: 0 };

/** What came since the last one: text to add to `head`, and the rest as it is now. */
export interface StreamUpdate extends Omit<StreamText, 'head'> {
  readonly append: string;
}

/** From the editor to the panel. */
export type PanelUpdate =
  /** Everything: at the start, after a reload, and when another run begins. */
  | {
      readonly type: 'show';
      readonly run: PanelRun | null;
      readonly output: StreamText;
      readonly stderr: StreamText;
    }
  /** The same run went on. */
  | { readonly type: 'run'; readonly run: PanelRun }
  | { readonly type: 'stream'; readonly stream: StreamName; readonly update: StreamUpdate };

/** From the panel to the editor. */
export type PanelRequest =
  | { readonly type: 'ready' }
  | { readonly type: 'run' }
  | { readonly type: 'runWithInput' }
  | { readonly type: 'stop' }
  | { readonly type: 'act'; readonly action: number }
  | { readonly type: 'openFrame'; readonly frame: number }
  | { readonly type: 'openStream'; readonly stream: StreamName }
  | { readonly type: 'copyStream'; readonly stream: StreamName };

/** What the panel keeps over a reload of the window. */
export interface PanelSnapshot {
  /** Raised whenever the shape changes, so that an older one is dropped instead of misread. */
  readonly version: typeof snapshotVersion;
  readonly run: PanelRun;
  readonly output: StreamText;
  readonly stderr: StreamText;
}

export const snapshotVersion = 2;

/** A request as the panel sent it; null for anything else, since a webview's messages are not to be trusted. */
export function parsePanelRequest(message: unknown): PanelRequest | null {
  if (!isRecord(message)) return null;
  const { type, action, frame, stream } = message;
  switch (type) {
    case 'ready':
    case 'run':
    case 'runWithInput':
    case 'stop':
      return { type };
    case 'act':
      return isIndex(action) ? { type, action } : null;
    case 'openFrame':
      return isIndex(frame) ? { type, frame } : null;
    case 'openStream':
    case 'copyStream':
      return isStreamName(stream) ? { type, stream } : null;
    default:
      return null;
  }
}

/** Whether a window's message is ours; webviews also receive the editor's own. */
export function isPanelUpdate(message: unknown): message is PanelUpdate {
  if (!isRecord(message)) return false;
  switch (message['type']) {
    case 'show':
      return (
        (message['run'] === null || isRecord(message['run'])) &&
        isStreamText(message['output']) &&
        isStreamText(message['stderr'])
      );
    case 'run':
      return isRecord(message['run']);
    case 'stream':
      return isStreamName(message['stream']) && isRecord(message['update']);
    default:
      return false;
  }
}

/** Whether what a panel kept is of the shape that is written today. */
export function isPanelSnapshot(state: unknown): state is PanelSnapshot {
  return (
    isRecord(state) &&
    state['version'] === snapshotVersion &&
    isRecord(state['run']) &&
    isStreamText(state['output']) &&
    isStreamText(state['stderr'])
  );
}

function isStreamText(value: unknown): value is StreamText {
  return (
    isRecord(value) &&
    typeof value['head'] === 'string' &&
    typeof value['tail'] === 'string' &&
    isIndex(value['cutCharacters']) &&
    isIndex(value['bytes'])
  );
}

function isStreamName(value: unknown): value is StreamName {
  return (streams as readonly unknown[]).includes(value);
}

function isIndex(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
