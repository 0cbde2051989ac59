import { isIndex, isRecord } from './shapes.ts';

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

export function isStreamText(value: unknown): value is StreamText {
  return (
    isRecord(value) &&
    typeof value['head'] === 'string' &&
    typeof value['tail'] === 'string' &&
    isIndex(value['cutCharacters']) &&
    isIndex(value['bytes'])
  );
}

export function isStreamName(value: unknown): value is StreamName {
  return (streams as readonly unknown[]).includes(value);
}
