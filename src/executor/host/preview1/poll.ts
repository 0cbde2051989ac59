import { toldPlaces } from '../clocks.ts';
import { clockId } from './clocks.ts';
import type { Context, HostFunctions } from './context.ts';
import { Errno, checkFlags } from './errno.ts';
import { right } from './rights.ts';

const subscriptionSize = 48;
const eventSize = 32;
const eventType = { clock: 0, fdRead: 1, fdWrite: 2 } as const;
const absoluteTime = 1;
const hangup = 1;

interface Subscription {
  readonly userdata: bigint;
  readonly type: number;
  /** On the monotonic clock; null for a stream or file, which is always ready. */
  readonly deadline: bigint | null;
  /** Preview 1's `eventrwflags`. */
  readonly flags: number;
}

/**
 * Waits until something subscribed to is ready and tells all that are. Streams and files always are, so only a call
 * with nothing but clocks waits. One bad subscription fails the call.
 */
export function pollFunctions({ world: { clocks }, memory, descriptors }: Context): HostFunctions {
  const deadline = (at: number): bigint => {
    const id = memory.u32(at, 16);
    const timeout = memory.u64(at, 24);
    checkFlags(memory.u16(at, 40), absoluteTime);
    if (id > clockId.monotonic) throw new Errno('EINVAL');
    const now = clocks.monotonicNow();
    if (memory.u16(at, 40) === 0) return now + timeout;
    return id === clockId.monotonic ? timeout : now + timeout - clocks.wallNow();
  };

  const readFlags = (fd: number): number => {
    const open = descriptors.get(fd);
    if (open.kind === 'input') return 0;
    const { file, position } = descriptors.file(fd, right.pollFdReadwrite);
    return file.stat().size > position ? 0 : hangup;
  };
  const checkWritable = (fd: number) => {
    if (descriptors.get(fd).kind !== 'output') descriptors.file(fd, right.pollFdReadwrite);
    return 0;
  };

  const subscription = (at: number): Subscription => {
    const userdata = memory.u64(at);
    const type = memory.u8(at, 8);
    if (type === eventType.clock) return { userdata, type, deadline: deadline(at), flags: 0 };
    if (type > eventType.fdWrite) throw new Errno('EINVAL');
    const fd = memory.u32(at, 16);
    return {
      userdata,
      type,
      deadline: null,
      flags: type === eventType.fdRead ? readFlags(fd) : checkWritable(fd),
    };
  };

  const writeEvent = (at: number, { userdata, type, flags }: Subscription) => {
    memory.setU64(at, 0, userdata);
    memory.setU64(at, 8, BigInt(type) << 16n);
    // wasmtime doesn't say how many bytes there are, but 1.
    memory.setU64(at, 16, type === eventType.clock ? 0n : 1n);
    memory.setU64(at, 24, BigInt(flags));
  };

  return {
    poll_oneoff(subscriptions: number, events: number, count: number, stored: number) {
      if (count === 0) throw new Errno('EINVAL');
      memory.check(subscriptions, (count >>> 0) * subscriptionSize);
      memory.check(events, (count >>> 0) * eventSize);
      const asked: Subscription[] = [];
      for (let index = 0; index < count >>> 0; index++)
        asked.push(subscription((subscriptions >>> 0) + index * subscriptionSize));

      if (asked.every((one) => one.deadline !== null)) {
        const first = asked.reduce(
          (least, one) => (one.deadline! < least ? one.deadline! : least),
          asked[0]!.deadline!,
        );
        const left = first - clocks.monotonicNow();
        if (left > 0n) clocks.sleep(left);
      }
      const now = clocks.monotonicNow();
      const readyPlaces = (): number[] =>
        asked.flatMap(({ deadline }, place) => (deadline === null || deadline <= now ? [place] : []));
      const timeless = asked.length === 1 || asked.every(({ deadline }) => deadline === null);
      const places = timeless ? readyPlaces() : toldPlaces(clocks, readyPlaces);
      const ready = places.flatMap((place) => asked[place] ?? []);
      for (const [index, one] of ready.entries()) writeEvent((events >>> 0) + index * eventSize, one);
      memory.setU32(stored, 0, ready.length);
    },
  };
}
