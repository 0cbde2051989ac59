import { type PanelProfile, type SourceKind, sourceKinds } from './panelProfile.ts';
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
  /** Everything: at the start, after a reload, and when another run begins. */
  | {
      readonly type: 'show';
      readonly run: PanelRun | null;
      readonly output: StreamText;
      readonly stderr: StreamText;
    }
  /** The same run went on. */
  | { readonly type: 'run'; readonly run: PanelRun }
  | { readonly type: 'stream'; readonly stream: StreamName; readonly update: StreamUpdate }
  /** The profile that was asked for; null where it is no longer at hand. */
  | { readonly type: 'profile'; readonly profile: PanelProfile | null }
  /** A profile that was saved earlier, to be shown in place of the run. */
  | { readonly type: 'savedProfile'; readonly profile: PanelProfile };

/** From the panel to the editor. */
export type PanelRequest =
  | { readonly type: 'ready' }
  | { readonly type: 'run' }
  | { readonly type: 'runWithInput' }
  | { readonly type: 'stop' }
  | { readonly type: 'act'; readonly action: number }
  | { readonly type: 'openFrame'; readonly frame: number }
  | { readonly type: 'openStream'; readonly stream: StreamName }
  | { readonly type: 'copyStream'; readonly stream: StreamName }
  | { readonly type: 'runProfiled' }
  | { readonly type: 'profile'; readonly id: number }
  | { readonly type: 'saveProfile'; readonly id: number }
  /** Where a function begins, or a line, by its position in the profile. */
  | { readonly type: 'openSource'; readonly id: number; readonly of: SourceKind; readonly index: number }
  /** From a saved profile back to the run. */
  | { readonly type: 'closeSaved' };

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
  const { type, action, frame, stream, id, of, index } = message;
  switch (type) {
    case 'ready':
    case 'run':
    case 'runWithInput':
    case 'stop':
    case 'runProfiled':
    case 'closeSaved':
      return { type };
    case 'act':
      return isIndex(action) ? { type, action } : null;
    case 'openFrame':
      return isIndex(frame) ? { type, frame } : null;
    case 'openStream':
    case 'copyStream':
      return isStreamName(stream) ? { type, stream } : null;
    case 'profile':
    case 'saveProfile':
      return isIndex(id) ? { type, id } : null;
    case 'openSource':
      return isIndex(id) && isIndex(index) && isSourceKind(of) ? { type, id, of, index } : null;
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
    case 'profile':
      return message['profile'] === null || isRecord(message['profile']);
    case 'savedProfile':
      return isRecord(message['profile']);
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

function isSourceKind(value: unknown): value is SourceKind {
  return (sourceKinds as readonly unknown[]).includes(value);
}
