import type { Loaded, RunReport } from '../execute.ts';

/**
 * What the child sends to its parent, as frames on a pipe: a byte for the kind, the payload's length as 32 bits
 * little-endian, the payload. Frames arrive in the order in which they were written, so all of a run's output
 * stands before its result.
 */
export const frameKind = {
  stdout: 1,
  stderr: 2,
  /** JSON null: the request has arrived. */
  accepted: 3,
  /** JSON of {@link Loaded}. */
  loaded: 4,
  /** JSON of {@link RunReport}. */
  result: 5,
  /** The beginning of the JSON that the next such frame, or `result`, goes on with. */
  part: 6,
  /** Empty; written now and then, to learn whether anybody still reads. */
  beat: 7,
  /** JSON of a number: the units of fuel used when the guest wrote what stands before it. */
  fuel: 8,
  /** JSON null: the guest has ended, and its result is being made. */
  ended: 9,
} as const;

export type FrameKind = (typeof frameKind)[keyof typeof frameKind];

/** The file descriptor on which the child writes them. */
export const framePipe = 3;

export const frameHeaderBytes = 5;

/** The kind in a byte, then the length of what follows, 32 bits little-endian. */
export function frameHeader(kind: FrameKind, payloadBytes: number): Uint8Array {
  const header = new Uint8Array(frameHeaderBytes);
  header[0] = kind;
  new DataView(header.buffer).setUint32(1, payloadBytes, true);
  return header;
}

export type ChildMessage =
  | { readonly kind: 'stdout' | 'stderr'; readonly bytes: Uint8Array }
  | { readonly kind: 'accepted' }
  | { readonly kind: 'loaded'; readonly loaded: Loaded }
  | { readonly kind: 'fuel'; readonly units: number }
  | { readonly kind: 'ended' }
  | { readonly kind: 'result'; readonly report: RunReport };

/** Cuts a stream of bytes back into messages. */
export class FrameReader {
  #pending: Uint8Array = new Uint8Array(0);
  #parts: Uint8Array[] = [];

  /** The messages that are complete with this chunk. Output that follows output of its kind is joined to it. */
  push(chunk: Uint8Array): ChildMessage[] {
    const bytes = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const messages: ChildMessage[] = [];
    const output = new OutputJoiner(messages);
    let at = 0;
    while (bytes.length - at >= frameHeaderBytes) {
      const end = at + frameHeaderBytes + view.getUint32(at + 1, true);
      if (end > bytes.length) break;
      const payload = bytes.subarray(at + frameHeaderBytes, end);
      const kind = bytes[at];
      if (kind === frameKind.stdout) output.add('stdout', payload);
      else if (kind === frameKind.stderr) output.add('stderr', payload);
      else if (kind === frameKind.part) this.#parts.push(payload);
      else if (kind !== frameKind.beat) {
        output.flush();
        messages.push(parse(kind, Buffer.concat([...this.#parts, payload])));
        this.#parts = [];
      }
      at = end;
    }
    output.flush();
    this.#pending = bytes.slice(at);
    return messages;
  }
}

function parse(kind: number | undefined, json: Buffer): ChildMessage {
  const value: unknown = JSON.parse(json.toString());
  if (kind === frameKind.accepted) return { kind: 'accepted' };
  if (kind === frameKind.ended) return { kind: 'ended' };
  if (kind === frameKind.fuel) return { kind: 'fuel', units: value as number };
  return kind === frameKind.loaded
    ? { kind: 'loaded', loaded: value as Loaded }
    : { kind: 'result', report: value as RunReport };
}

/** A program that prints line by line makes many small frames; listeners get few large pieces. */
class OutputJoiner {
  readonly #messages: ChildMessage[];
  #kind: 'stdout' | 'stderr' = 'stdout';
  #parts: Uint8Array[] = [];

  constructor(messages: ChildMessage[]) {
    this.#messages = messages;
  }

  add(kind: 'stdout' | 'stderr', part: Uint8Array): void {
    if (kind !== this.#kind) this.flush();
    this.#kind = kind;
    this.#parts.push(part);
  }

  flush(): void {
    if (this.#parts.length === 0) return;
    this.#messages.push({ kind: this.#kind, bytes: Buffer.concat(this.#parts) });
    this.#parts = [];
  }
}
