import { pageBytes } from '../plan.ts';
import { entry, functionRecord, functionRecords, mostTreePages } from './callTree.ts';
import type { CallSlots } from './callSlots.ts';
import type { CountingPoints } from './countingPoints.ts';

/** Where a module's call tree keeps what, in its memory. */
export interface TreeLayout {
  /** For each defined function: bytes of a node, its counters, and address of its node beyond the tree. */
  readonly functions: readonly FunctionNode[];
  /** Address of the first node beyond the tree, and of the first entry that is made at run time. */
  readonly firstBeyond: number;
  readonly firstEntry: number;
  /** Pages that the memory begins with, and may have. */
  readonly pages: number;
  readonly mostPages: number;
}

export interface FunctionNode {
  readonly size: number;
  readonly counters: number;
  /** Bytes from a node's start to its slots. */
  readonly slots: number;
  readonly beyond: number;
  /** What its first counters count, in units; each of the rest counts units as they are. */
  readonly weights: readonly number[];
  /** Address of the weights in the memory. */
  readonly weightsAt: number;
}

/** Places the functions' records, their weights and the nodes beyond the tree in its memory, in this order. */
export function treeLayout(points: CountingPoints, { contexts }: CallSlots): TreeLayout {
  const { functionPoints, functionSized, chargedEnd } = points;
  const functions: FunctionNode[] = [];
  let at = functionRecords + contexts.length * functionRecord.size;
  contexts.forEach((slots, index) => {
    const weights: number[] = [];
    for (let point = functionPoints[index]!; point < functionPoints[index + 1]!; point++)
      weights.push(chargedEnd[point]! - (chargedEnd[point - 1] ?? 0));
    const sized = functionSized[index + 1]! - functionSized[index]!;
    const counters = weights.length + sized;
    const slotsFrom = entry.size + 8 * counters;
    const size = aligned(slotsFrom + 4 * slots.length);
    functions.push({ size, counters, slots: slotsFrom, beyond: 0, weights, weightsAt: at });
    at += 4 * counters;
  });
  const firstBeyond = aligned(at);
  let beyond = firstBeyond;
  const placed = functions.map((one) => {
    beyond += one.size;
    return { ...one, beyond: beyond - one.size };
  });
  const pages = Math.ceil(beyond / pageBytes) + 1;
  return {
    functions: placed,
    firstBeyond,
    firstEntry: beyond,
    pages,
    mostPages: Math.max(pages, mostTreePages),
  };
}

/** Writes what the tree's code reads: before any code of the instance runs. */
export function fillTree({ functions }: TreeLayout, memory: WebAssembly.Memory): void {
  const words = new Uint32Array(memory.buffer);
  functions.forEach(({ size, counters, beyond, weights, weightsAt }, index) => {
    const at = (functionRecords + index * functionRecord.size) / 4;
    words[at + functionRecord.nodeSize / 4] = size;
    words[at + functionRecord.counters / 4] = counters;
    words[at + functionRecord.weights / 4] = weightsAt;
    words[at + functionRecord.beyond / 4] = beyond;
    for (let n = 0; n < counters; n++) words[weightsAt / 4 + n] = weights[n] ?? 1;
    words[(beyond + entry.function) / 4] = index + 1;
    words[(beyond + entry.node) / 4] = beyond;
  });
}

function aligned(address: number): number {
  return (address + 7) & ~7;
}
