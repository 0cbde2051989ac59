import assert from 'node:assert/strict';
import type { Clocks } from '../../../../../src/executor/host/clocks.ts';
import { systemClocks } from '../../../../../src/executor/host/clocks.ts';
import { openFilesystem } from '../../../../../src/executor/host/filesystem/filesystem.ts';
import { errno } from '../../../../../src/executor/host/preview1/errno.ts';
import { preview1 } from '../../../../../src/executor/host/preview1/preview1.ts';
import { seededRandom } from '../../../../../src/executor/host/random.ts';
import { InputPipe, OutputPipe } from '../../../../../src/executor/host/stdio.ts';
import type { Preopen } from '../../../../../src/shared/runRequest.ts';
import { decodeUtf8, encodeUtf8 } from '../../../../../src/shared/text.ts';

export interface GuestSideOptions {
  readonly argv?: readonly string[];
  readonly env?: readonly (readonly [string, string])[];
  readonly stdin?: Uint8Array;
  readonly stdoutCap?: number;
  readonly preopens?: readonly Preopen[];
  readonly clocks?: Clocks;
}

const pages = 2;
/** One byte past the memory's end. */
export const memoryEnd = pages * 65536;
/** Where tests have a call put its result. */
export const result = 64;
const scratchStart = 4096;

/** Calls the host as a guest does: by number, with pointers into a memory of two pages. */
export class GuestSide implements Disposable {
  readonly memory = new WebAssembly.Memory({ initial: pages });
  readonly #stdout: Uint8Array[] = [];
  readonly #functions: Readonly<Record<string, (...args: never[]) => number>>;
  readonly #close: () => void;
  #next = scratchStart;

  constructor(options: GuestSideOptions = {}) {
    const filesystem = openFilesystem(options.preopens ?? []);
    const host = preview1(
      {
        argv: options.argv ?? [],
        env: options.env ?? [],
        stdin: new InputPipe(options.stdin ?? new Uint8Array(0)),
        stdout: new OutputPipe(options.stdoutCap ?? 2 ** 20, (bytes) => this.#stdout.push(bytes.slice())),
        stderr: new OutputPipe(2 ** 20, () => undefined),
        clocks: options.clocks ?? systemClocks(),
        random: seededRandom(1),
        preopens: options.preopens ?? [],
      },
      filesystem,
    );
    host.attach(this.memory);
    this.#functions = host.imports['wasi_snapshot_preview1']!;
    this.#close = () => filesystem.close();
  }

  get view(): DataView {
    return new DataView(this.memory.buffer);
  }

  get stdout(): string {
    return decodeUtf8(Buffer.concat(this.#stdout));
  }

  /** Calls by name and returns the errno. */
  call(name: string, ...args: (number | bigint)[]): number {
    return this.#functions[name]!(...(args as never[]));
  }

  /** Calls, and expects that errno. */
  expect(expected: keyof typeof errno, name: string, ...args: (number | bigint)[]): void {
    const actual = this.call(name, ...args);
    const actualName = Object.entries(errno).find(([, number]) => number === actual)?.[0];
    assert.equal(actualName, expected, `${name}(${args.join(', ')})`);
  }

  ok(name: string, ...args: (number | bigint)[]): void {
    this.expect('SUCCESS', name, ...args);
  }

  /** Puts bytes into fresh memory; returns where. */
  put(bytes: Uint8Array | string): [pointer: number, length: number] {
    const data = typeof bytes === 'string' ? encodeUtf8(bytes) : bytes;
    const at = this.#next;
    this.#next += Math.ceil(data.length / 8) * 8 + 8;
    new Uint8Array(this.memory.buffer).set(data, at);
    return [at, data.length];
  }

  /** An iovec array; returns its pointer and count. */
  iovecs(
    ...buffers: readonly (readonly [pointer: number, length: number])[]
  ): [pointer: number, count: number] {
    const flat = new Uint32Array(buffers.flat());
    const [at] = this.put(new Uint8Array(flat.buffer));
    return [at, buffers.length];
  }

  u32(at = result): number {
    return this.view.getUint32(at, true);
  }

  u64(at = result): bigint {
    return this.view.getBigUint64(at, true);
  }

  text(at: number, length: number): string {
    return decodeUtf8(new Uint8Array(this.memory.buffer, at, length));
  }

  /** path_open with a follow flag and the rights to read and write; returns the descriptor. */
  open(path: string, { fd = 3, oflags = 0, rights = 0x42n, fdflags = 0 } = {}): number {
    this.ok('path_open', fd, 1, ...this.put(path), oflags, rights, 0n, fdflags, result);
    return this.u32();
  }

  [Symbol.dispose](): void {
    this.#close();
  }
}
