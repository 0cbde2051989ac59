import type { CallSlots } from './callSlots.ts';
import type { CountingPoints } from './countingPoints.ts';
import type { Runs } from '../runs.ts';

/** What is needed to follow calls. */
export interface FollowedCalls {
  /** Defined functions that the host may call. */
  readonly enteredByHost: ReadonlySet<number>;
  readonly slots: CallSlots;
}

/** What is added to a function of a metered module, and where. */
export interface Insertion {
  /** Offset in the metered module of the byte before which it goes. */
  readonly at: number;
  readonly kind: InsertionKind;
  /**
   * Of a point for `count`, of a sized operator for `size` and `grow`; for `call`, of the slot within the function's
   * nodes; for `enter`, of the function among the defined ones; for `grown`, of the memory.
   */
  readonly index: number;
}

/** In the order in which they stand where several meet. */
const order = [
  'enter',
  'after size',
  'after grow',
  'grown',
  'returned',
  'count',
  'call',
  'before size',
  'leave',
] as const;

export type InsertionKind = (typeof order)[number];

/**
 * What the points need, in the order in which it stands in the metered module.
 *
 * @param followed what calls are followed by; null where they are not
 */
export function insertionsOf(
  points: CountingPoints,
  metered: Runs,
  followed: FollowedCalls | null,
): Insertion[] {
  const { at, sized, calls, afterCalls, firstOperators } = points;
  const insertions: Insertion[] = [];
  const insert = (source: number, kind: InsertionKind, index: number, place = metered.place(source)) => {
    if (place === null) throw new Error(`nothing of offset ${source} is in the metered module`);
    insertions.push({ at: place, kind, index });
  };
  at.forEach((source, n) => insert(source, 'count', n));
  sized.forEach((operator, n) => {
    insert(operator.at, 'before size', n);
    // Before the charge for it, whose check may end the run, and while its result is on top of the stack.
    insert(operator.end, operator.grows ? 'after grow' : 'after size', n, metered.added(operator.end));
  });
  if (followed !== null) {
    const { enteredByHost, slots } = followed;
    firstOperators.forEach((source, n) => insert(source, 'enter', n));
    calls.forEach((call, n) => insert(call.at, 'call', slots.ofCalls[n]!));
    points.growths.forEach(({ end, memory }) => insert(end, 'grown', memory));
    afterCalls.forEach((source) => insert(source, 'returned', 0));
    for (const source of leaves(points, enteredByHost)) insert(source, 'leave', 0);
  }
  return insertions.sort((a, b) => a.at - b.at || order.indexOf(a.kind) - order.indexOf(b.kind));
}

/** Where functions end that the host may have called: what it calls next is no callee of theirs. */
function leaves(points: CountingPoints, enteredByHost: ReadonlySet<number>): number[] {
  const { bodies, lastEnds, leaves: all } = points;
  const found: number[] = [];
  let next = 0;
  bodies.forEach((_start, n) => {
    const end = lastEnds[n]!;
    const wanted = enteredByHost.has(n);
    for (; next < all.length && all[next]! <= end; next++) if (wanted) found.push(all[next]!);
    // Past the last `end`, which in the metered module closes a block around the whole body.
    if (wanted) found.push(end + 1);
  });
  return found;
}
