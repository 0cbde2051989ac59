import { Errno } from './errno.ts';

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The guest's linear memory. Pointers come as the engine hands them over, signed; every access is checked, and one
 * beyond the end throws EFAULT (wasmtime traps there). The views are kept until a growth detaches them.
 */
export class GuestMemory {
  #memory: WebAssembly.Memory | null = null;
  #bytes = new Uint8Array(0);
  #view = new DataView(new ArrayBuffer(0));

  /** A module without a memory has none attached: then every pointer is out of bounds. */
  attach(memory: WebAssembly.Memory): void {
    this.#memory = memory;
  }

  get attached(): WebAssembly.Memory | null {
    return this.#memory;
  }

  /** A view of the guest's bytes, good until control goes back to the guest. */
  bytes(pointer: number, length: number): Uint8Array {
    const start = this.#checked(pointer, 0, length >>> 0);
    return this.#bytes.subarray(start, start + (length >>> 0));
  }

  /** @throws Errno EFAULT where some of it is out of bounds */
  check(pointer: number, length: number): void {
    this.#checked(pointer, 0, length);
  }

  /** @throws Errno EILSEQ where it isn't UTF-8 */
  string(pointer: number, length: number): string {
    const bytes = this.bytes(pointer, length);
    try {
      return strictUtf8.decode(bytes);
    } catch {
      throw new Errno('EILSEQ');
    }
  }

  u8(pointer: number, offset = 0): number {
    return this.#bytes[this.#checked(pointer, offset, 1)] ?? 0;
  }

  u16(pointer: number, offset = 0): number {
    const at = this.#checked(pointer, offset, 2);
    return this.#view.getUint16(at, true);
  }

  u32(pointer: number, offset = 0): number {
    const at = this.#checked(pointer, offset, 4);
    return this.#view.getUint32(at, true);
  }

  u64(pointer: number, offset = 0): bigint {
    const at = this.#checked(pointer, offset, 8);
    return this.#view.getBigUint64(at, true);
  }

  setU8(pointer: number, offset: number, value: number): void {
    const at = this.#checked(pointer, offset, 1);
    this.#view.setUint8(at, value);
  }

  setU16(pointer: number, offset: number, value: number): void {
    const at = this.#checked(pointer, offset, 2);
    this.#view.setUint16(at, value, true);
  }

  setU32(pointer: number, offset: number, value: number): void {
    const at = this.#checked(pointer, offset, 4);
    this.#view.setUint32(at, value, true);
  }

  setU64(pointer: number, offset: number, value: bigint): void {
    const at = this.#checked(pointer, offset, 8);
    this.#view.setBigUint64(at, value, true);
  }

  /** Copies `bytes` there. */
  set(pointer: number, offset: number, bytes: Uint8Array): void {
    const at = this.#checked(pointer, offset, bytes.length);
    this.#bytes.set(bytes, at);
  }

  #checked(pointer: number, offset: number, length: number): number {
    // A detached view has no length, which is cheaper to see than asking the memory for its buffer at every access.
    if (this.#bytes.length === 0) this.#refresh();
    const at = (pointer >>> 0) + offset;
    if (at + length > this.#bytes.length) throw new Errno('EFAULT');
    return at;
  }

  #refresh(): void {
    if (this.#memory === null) return;
    this.#bytes = new Uint8Array(this.#memory.buffer);
    this.#view = new DataView(this.#memory.buffer);
  }
}
