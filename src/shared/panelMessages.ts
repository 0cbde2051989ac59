import type { RunComparison, RunSummary } from './panelHistory.ts';
import { type PanelProfile, type SourceKind, sourceKinds, type WorkerBuild } from './panelProfile.ts';
import type { PanelRun } from './panelRun.ts';
import {
  isStreamName,
  isStreamText,
  type StreamName,
  type StreamText,
  type StreamUpdate,
} from './panelStream.ts';
import { isIndex, isRecord } from './shapes.ts';

/** From the editor to the panel. */
export type PanelUpdate =
  /** Everything of a run: at the start, after a reload, and when another one takes its place. */
  | {
      readonly type: 'show';
      readonly run: PanelRun | null;
      readonly output: StreamText;
      readonly stderr: StreamText;
    }
  /** The same run went on. */
  | { readonly type: 'run'; readonly run: PanelRun }
  | { readonly type: 'stream'; readonly stream: StreamName; readonly update: StreamUpdate }
  /** What `readStream` asked for, as much of it as the panel takes: the first {@link wholeStreamLimit} bytes. */
  | {
      readonly type: 'content';
      readonly run: string;
      readonly stream: StreamName;
      readonly bytes: Uint8Array<ArrayBuffer>;
    }
  /** All runs that are kept, the newest first. */
  | { readonly type: 'runs'; readonly runs: readonly RunSummary[] }
  | { readonly type: 'comparison'; readonly comparison: RunComparison }
  /** The profile that was asked for; null where it is no longer at hand. */
  | { readonly type: 'profile'; readonly profile: PanelProfile | null }
  /** What the worker's build costs; null where it could not be had, which the editor tells. */
  | { readonly type: 'workerBuild'; readonly id: number; readonly build: WorkerBuild | null }
  /** A profile that was saved earlier, to be shown in place of the run. */
  | { readonly type: 'savedProfile'; readonly profile: PanelProfile };

/** Bytes of a stream that the panel lays out as JSON or hex, or shows whole. */
export const wholeStreamLimit = 16 * 1024 * 1024;

/** From the panel to the editor. What is about a run names it: it may be one of long ago. */
export type PanelRequest =
  /** The page listens. It may have shown a run before it was hidden or the window was loaded again. */
  | { readonly type: 'ready'; readonly run: string | null }
  | { readonly type: 'run' }
  | { readonly type: 'stop' }
  | { readonly type: 'runProfiled' }
  | { readonly type: 'profile'; readonly id: number }
  | { readonly type: 'saveProfile'; readonly id: number }
  /** To run the worker's build on the input of the profiled run. */
  | { readonly type: 'workerBuild'; readonly id: number }
  /** Where a function begins, or a line, by its position in the profile. */
  | { readonly type: 'openSource'; readonly id: number; readonly of: SourceKind; readonly index: number }
  /** From a saved profile back to the run. */
  | { readonly type: 'closeSaved' }
  /** Where it names a run, it is about that one's program. */
  | { readonly type: 'command'; readonly command: PanelCommand; readonly run?: string }
  | { readonly type: 'act'; readonly run: string; readonly action: number }
  | { readonly type: 'openFrame'; readonly run: string; readonly frame: number }
  | { readonly type: StreamRequest; readonly run: string; readonly stream: StreamName }
  | { readonly type: HistoryRequest; readonly run: string }
  | { readonly type: 'compare'; readonly run: string; readonly other: string }
  | { readonly type: 'diff'; readonly run: string; readonly other: string; readonly stream: StreamName };

/** Commands that the panel has in a menu. */
const panelCommands = [
  'runProfiled',
  'runWithInput',
  'chooseProgram',
  'saveRun',
  'openInputs',
  'showLog',
  'clearRuns',
] as const;
export type PanelCommand = (typeof panelCommands)[number];

const streamRequests = ['readStream', 'openStream', 'copyStream', 'saveStream'] as const;
type StreamRequest = (typeof streamRequests)[number];

const historyRequests = ['showRun', 'repeatRun', 'pinRun', 'removeRun'] as const;
type HistoryRequest = (typeof historyRequests)[number];

/** What the panel keeps of itself while it is hidden and over a reload. Runs are the editor's to keep. */
export interface PanelState {
  /** Raised whenever the shape changes, so that an older one is dropped instead of misread. */
  readonly version: typeof stateVersion;
  /** The run in sight; null for none. */
  readonly run: string | null;
  /** Whether the list of runs is unfolded. */
  readonly runsOpen: boolean;
  /** Whether the tables of a profile have the user's own code alone, where there is any. */
  readonly onlyYours: boolean;
}

export const stateVersion = 5;

/** A request as the panel sent it; null for anything else, since a webview's messages are not to be trusted. */
export function parsePanelRequest(message: unknown): PanelRequest | null {
  if (!isRecord(message)) return null;
  const { type, command, run, other, action, frame, stream, id, of, index } = message;
  switch (type) {
    case 'run':
    case 'stop':
    case 'runProfiled':
    case 'closeSaved':
      return { type };
    case 'ready':
      return { type, run: isRunId(run) ? run : null };
    case 'command':
      if (!isOneOf(panelCommands, command)) return null;
      return isRunId(run) ? { type, command, run } : { type, command };
    case 'profile':
    case 'saveProfile':
    case 'workerBuild':
      return isIndex(id) ? { type, id } : null;
    case 'openSource':
      return isIndex(id) && isIndex(index) && isOneOf(sourceKinds, of) ? { type, id, of, index } : null;
  }
  if (!isRunId(run)) return null;
  if (isOneOf(historyRequests, type)) return { type, run };
  if (isOneOf(streamRequests, type)) return isStreamName(stream) ? { type, run, stream } : null;
  switch (type) {
    case 'act':
      return isIndex(action) ? { type, run, action } : null;
    case 'openFrame':
      return isIndex(frame) ? { type, run, frame } : null;
    case 'compare':
      return isRunId(other) ? { type, run, other } : null;
    case 'diff':
      return isRunId(other) && isStreamName(stream) ? { type, run, other, stream } : null;
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
    case 'content':
      return isStreamName(message['stream']) && message['bytes'] instanceof Uint8Array;
    case 'runs':
      return Array.isArray(message['runs']);
    case 'comparison':
      return isRecord(message['comparison']);
    case 'profile':
      return message['profile'] === null || isRecord(message['profile']);
    case 'savedProfile':
      return isRecord(message['profile']);
    case 'workerBuild':
      return isIndex(message['id']) && (message['build'] === null || isRecord(message['build']));
    default:
      return false;
  }
}

/** Whether what a panel kept is of the shape that is written today. */
export function isPanelState(state: unknown): state is PanelState {
  return (
    isRecord(state) &&
    state['version'] === stateVersion &&
    typeof state['runsOpen'] === 'boolean' &&
    typeof state['onlyYours'] === 'boolean'
  );
}

/** Ids become names of folders. */
export function isRunId(value: unknown): value is string {
  return typeof value === 'string' && /^[\w-]{1,64}$/.test(value);
}

function isOneOf<T>(valid: readonly T[], value: unknown): value is T {
  return (valid as readonly unknown[]).includes(value);
}
