import { trap } from './trap.ts';

/** A linear memory with its views kept; growing detaches them, and they are then made anew. */
export class GuestMemory {
  readonly #memory: WebAssembly.Memory;
  #bytes: Uint8Array<ArrayBuffer>;
  #view: DataView<ArrayBuffer>;

  constructor(memory: WebAssembly.Memory) {
    this.#memory = memory;
    this.#bytes = new Uint8Array(memory.buffer);
    this.#view = new DataView(memory.buffer);
  }

  /** All of memory; good until guest code runs. */
  get bytes(): Uint8Array<ArrayBuffer> {
    if (this.#bytes.byteLength === 0) this.#refresh();
    return this.#bytes;
  }

  /** All of memory; good until guest code runs. */
  get view(): DataView<ArrayBuffer> {
    if (this.#bytes.byteLength === 0) this.#refresh();
    return this.#view;
  }

  /** Traps unless `size` bytes at `pointer` are inside and aligned; returns the pointer as an unsigned number. */
  check(pointer: number, size: number, align: number): number {
    const at = pointer >>> 0;
    if (at % align !== 0) trap('pointer not aligned');
    if (at + size > this.bytes.byteLength) trap('pointer out of bounds of memory');
    return at;
  }

  #refresh(): void {
    const buffer = this.#memory.buffer;
    this.#bytes = new Uint8Array(buffer);
    this.#view = new DataView(buffer);
  }
}
