import type { CountingPoints } from './countingPoints.ts';

/**
 * Numbers what is inlined at an offset of the module, as a profile tells it apart: code of one number has the same
 * frames within its function. 0 is the function's own code.
 */
export type ContextOf = (offset: number) => number;

/** Through which slot of its function's nodes each call goes: calls of one function in one context share one. */
export interface CallSlots {
  /** For each of the points' calls: the slot, counted within its function. */
  readonly ofCalls: readonly number[];
  /** For each defined function: the context of each of its slots. */
  readonly contexts: readonly (readonly number[])[];
}

/** Gives each call its slot: those from one context to one function share it. */
export function callSlots({ calls, functionCalls }: CountingPoints, contextOf: ContextOf): CallSlots {
  const ofCalls: number[] = [];
  const contexts: number[][] = [];
  for (let index = 0; index + 1 < functionCalls.length; index++) {
    const slots = new Map<string, number>();
    const own: number[] = [];
    for (const { at, callee } of calls.slice(functionCalls[index], functionCalls[index + 1])) {
      const context = contextOf(at);
      const key = `${context} ${callee}`;
      let slot = slots.get(key);
      if (slot === undefined) {
        slot = own.push(context) - 1;
        slots.set(key, slot);
      }
      ofCalls.push(slot);
    }
    contexts.push(own);
  }
  return { ofCalls, contexts };
}
