/** The bytes of stdin: all there from the start, as in the worker (rule 9 of fuel.md): min(asked, left), then the end. */
export class InputPipe {
  readonly #bytes: Uint8Array;
  #position = 0;
  #asked = false;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Whether the guest has asked for any of them, also where there are none. */
  get asked(): boolean {
    return this.#asked;
  }

  get remaining(): number {
    return this.#bytes.length - this.#position;
  }

  /** A view of up to `most` bytes, which the caller must copy before it gives control back; empty at the end. */
  read(most: number): Uint8Array {
    this.#asked = true;
    const start = this.#position;
    this.#position = Math.min(this.#bytes.length, start + most);
    return this.#bytes.subarray(start, this.#position);
  }
}

/**
 * stdout or stderr: always ready, up to a cap. What is beyond the cap is refused, never cut silently:
 * preview 1 answers errno 29 (io), preview 2 a closed stream, as the worker does.
 */
export class OutputPipe {
  readonly #sink: (bytes: Uint8Array) => void;
  #remaining: number;

  /** `sink` takes bytes that stay valid during the call only. */
  constructor(capBytes: number, sink: (bytes: Uint8Array) => void) {
    this.#remaining = capBytes;
    this.#sink = sink;
  }

  /** Bytes that may still be written. */
  get remaining(): number {
    return this.#remaining;
  }

  /** Writes all of `bytes`; the caller has checked {@link remaining}. */
  write(bytes: Uint8Array): void {
    this.#remaining -= bytes.length;
    this.#sink(bytes);
  }
}
