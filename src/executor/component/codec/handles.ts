import type { CanonContext } from '../context.ts';
import { GuestResource } from '../handles.ts';
import { trap } from '../trap.ts';
import type { ResourceType } from '../types.ts';
import type { Codec } from './codec.ts';

function handle(
  lift: (cx: CanonContext, index: number) => unknown,
  lower: (cx: CanonContext, value: unknown) => number,
): Codec {
  return {
    size: 4,
    align: 4,
    flat: ['i32'],
    load: (cx, at) => lift(cx, cx.memory.view.getInt32(at, true)),
    store(cx, value, at) {
      cx.memory.view.setInt32(at, lower(cx, value), true);
    },
    lift: (cx, flat, at) => lift(cx, flat[at] as number),
    lower(cx, value, flat, at) {
      flat[at] = lower(cx, value);
    },
  };
}

/** The handle changes hands: out of one instance's table, into the other's, or to the host. */
export function own(type: ResourceType): Codec {
  return handle(
    (cx, index) => cx.instance.handles.takeOwned(type, index),
    (cx, value) => cx.instance.handles.add(type, value, null),
  );
}

/** For the length of a call. The instance that defines the resource is given its representation, not a handle. */
export function borrow(type: ResourceType): Codec {
  return handle(
    (cx, index) => cx.instance.handles.value(type, index),
    (cx, value) => {
      if (type.owner !== cx.instance) {
        cx.openBorrows++;
        return cx.instance.handles.add(type, value, cx);
      }
      if (!(value instanceof GuestResource)) trap('a borrow of something that is not a resource');
      return value.representation;
    },
  );
}
