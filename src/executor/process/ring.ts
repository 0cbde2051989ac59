import { type FrameKind, frameHeader, frameHeaderBytes } from './frames.ts';

/**
 * A ring of bytes in shared memory with one writer, the guest's thread, and one reader, the pump's. The guest can't
 * write to a pipe itself: it could not be stopped while it waits in the system call, and each line would cost one.
 */
export interface SharedRing {
  readonly bytes: SharedArrayBuffer;
  readonly control: SharedArrayBuffer;
}

/** Cells of the control block; `written` and `read` count all bytes ever, modulo 2^32. */
const cell = { written: 0, read: 1, state: 2 } as const;

/** Bytes; a power of two, so that positions wrap where the counters do. */
const capacity = 1 << 20;
/** Bytes; small enough that a reader who is busy with one frame leaves room for the next. */
const largestPayload = capacity / 4 - frameHeaderBytes;

/** An empty ring, of which nobody has written yet. */
export function createRing(): SharedRing {
  return { bytes: new SharedArrayBuffer(capacity), control: new SharedArrayBuffer(12) };
}

const idle = 0;
const running = 1;

/** The guest's side: waits where the ring is full. */
export class RingWriter {
  readonly #bytes: Uint8Array;
  readonly #control: Int32Array;

  constructor(ring: SharedRing) {
    this.#bytes = new Uint8Array(ring.bytes);
    this.#control = new Int32Array(ring.control);
  }

  /** Has the reader look for bytes by itself until {@link end}. */
  begin(): void {
    this.#setState(running);
  }

  /** Has the reader take what there is at once, and then sleep. */
  end(): void {
    this.#setState(idle);
  }

  /** Writes frames of `kind`, as many as the payload takes, or of `part` before a last one of `kind`. */
  write(kind: FrameKind, payload: Uint8Array, part: FrameKind = kind): void {
    let at = 0;
    for (; payload.length - at > largestPayload; at += largestPayload) {
      this.#put(part, payload.subarray(at, at + largestPayload));
    }
    this.#put(kind, payload.subarray(at));
  }

  /** One frame, which the reader sees whole or not at all; waits while there is no room for it. */
  #put(kind: FrameKind, payload: Uint8Array): void {
    const header = frameHeader(kind, payload.length);
    const length = header.length + payload.length;
    const written = Atomics.load(this.#control, cell.written);
    for (;;) {
      const read = Atomics.load(this.#control, cell.read);
      if (capacity - ((written - read) >>> 0) >= length) break;
      Atomics.notify(this.#control, cell.state);
      Atomics.wait(this.#control, cell.read, read);
    }
    this.#copy(header, written);
    this.#copy(payload, written + header.length);
    Atomics.store(this.#control, cell.written, (written + length) | 0);
  }

  #copy(piece: Uint8Array, position: number): void {
    const at = position & (capacity - 1);
    const first = piece.subarray(0, capacity - at);
    this.#bytes.set(first, at);
    this.#bytes.set(piece.subarray(first.length), 0);
  }

  #setState(state: number): void {
    Atomics.store(this.#control, cell.state, state);
    Atomics.notify(this.#control, cell.state);
  }
}

/** The pump's side. */
export class RingReader {
  readonly #bytes: Uint8Array;
  readonly #control: Int32Array;

  constructor(ring: SharedRing) {
    this.#bytes = new Uint8Array(ring.bytes);
    this.#control = new Int32Array(ring.control);
  }

  /** Hands over everything that is there, in one or two pieces that are valid during the call. */
  drain(take: (bytes: Uint8Array) => void): void {
    for (;;) {
      const read = Atomics.load(this.#control, cell.read);
      const available = (Atomics.load(this.#control, cell.written) - read) >>> 0;
      if (available === 0) return;
      const at = read & (capacity - 1);
      const length = Math.min(available, capacity - at);
      take(this.#bytes.subarray(at, at + length));
      Atomics.store(this.#control, cell.read, (read + length) | 0);
      Atomics.notify(this.#control, cell.read);
    }
  }

  get running(): boolean {
    return Atomics.load(this.#control, cell.state) === running;
  }

  /** Sleeps for that long while a run goes on, for as long as it takes while none does, or until it is woken. */
  sleep(milliseconds: number, wasRunning: boolean): void {
    if (wasRunning) Atomics.wait(this.#control, cell.state, running, milliseconds);
    else Atomics.wait(this.#control, cell.state, idle);
  }
}
