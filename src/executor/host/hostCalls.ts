import type { ProfiledHostCall } from '../../shared/profile.ts';
import type { HostFunctions } from '../component/hostInstance.ts';

type Call = (...args: never[]) => unknown;

/** What a profiled run asked of the host: how often, how much, and how long it took. */
export class HostCalls {
  readonly #sums = new Map<string, { count: number; bytes: number; ms: number }>();

  /**
   * Preview 1's functions, counted.
   *
   * @param memory the guest's, once there is one: where functions that move bytes leave how many
   */
  ofPreview1<T extends Readonly<Record<string, Call>>>(
    functions: T,
    memory: () => WebAssembly.Memory | null,
  ): T {
    const counted = Object.entries(functions).map(([name, call]) => {
      const bytesOf = movesBytes.has(name) ? (args: unknown[]) => wordAt(memory(), args.at(-1)) : () => 0;
      return [name, this.#counted(name, call, (args, result) => (result === 0 ? bytesOf(args) : 0))];
    });
    return Object.fromEntries(counted) as T;
  }

  /** The host's functions of a component, counted: bytes are those of lists of bytes and of texts, either way. */
  ofComponent(functions: HostFunctions): HostFunctions {
    return (iface, name, type) => {
      const { call, ...rest } = functions(iface, name, type);
      const called = iface === null ? name : `${iface} ${name}`;
      const bytesOf = (args: unknown[], result: unknown) =>
        args.reduce<number>((sum, arg) => sum + sizeOf(arg), sizeOf(result));
      return { ...rest, call: this.#counted(called, call, bytesOf) };
    };
  }

  /** The longest first. */
  get all(): ProfiledHostCall[] {
    return [...this.#sums].map(([name, sums]) => ({ name, ...sums })).sort((a, b) => b.ms - a.ms);
  }

  #counted<T extends Call>(name: string, call: T, bytesOf: (args: unknown[], result: unknown) => number): T {
    const counted = (...args: never[]): unknown => {
      let sums = this.#sums.get(name);
      if (sums === undefined) this.#sums.set(name, (sums = { count: 0, bytes: 0, ms: 0 }));
      sums.count += 1;
      const start = performance.now();
      try {
        const result = call(...args);
        sums.bytes += bytesOf(args, result);
        return result;
      } finally {
        sums.ms += performance.now() - start;
      }
    };
    return counted as T;
  }
}

/** Functions of preview 1 whose last argument says where to put the number of bytes. */
const movesBytes: ReadonlySet<string> = new Set([
  'fd_read',
  'fd_pread',
  'fd_write',
  'fd_pwrite',
  'fd_readdir',
]);

function wordAt(memory: WebAssembly.Memory | null, pointer: unknown): number {
  if (memory === null || typeof pointer !== 'number') return 0;
  const at = pointer >>> 0;
  return at + 4 <= memory.buffer.byteLength ? new DataView(memory.buffer).getUint32(at, true) : 0;
}

function sizeOf(value: unknown): number {
  if (value instanceof Uint8Array) return value.length;
  return typeof value === 'string' ? value.length : 0;
}
