import type { PanelCallTree, PanelProfile } from '../shared/panelProfile.ts';
import type { Profile, ProfiledStack } from '../shared/profile.ts';
import { withTotals } from './crateTotals.ts';
import { originOf } from './origin.ts';
import { stablePath } from './stablePath.ts';

/** Lines that the panel is given; what is left out is in the file of a saved profile. */
const mostLines = 5000;

/** What the panel shows of a profile; `folders` as for {@link stablePath}. */
export function panelProfile(
  {
    fuel,
    fuelModel,
    uncounted,
    unattributed,
    functions,
    lines,
    crates,
    stacks,
    hostCalls = [],
    growths = [],
  }: Profile,
  { folders, ...about }: Pick<PanelProfile, 'id' | 'title' | 'canRebuild'> & { folders: readonly string[] },
): PanelProfile {
  return {
    ...about,
    fuel,
    fuelModel,
    uncounted,
    unattributed,
    functions: functions.map(({ name, file, line, calls, self, total, inlined }) => ({
      name,
      place: file === null ? null : `${stablePath(file, folders)}${line === null ? '' : `:${line}`}`,
      origin: originOf(file).origin,
      calls,
      self,
      total,
      isInlined: inlined !== undefined,
    })),
    lines: lines.slice(0, mostLines).map(({ file, line, self, total }) => {
      return { place: `${stablePath(file, folders)}:${line}`, origin: originOf(file).origin, self, total };
    }),
    crates: withTotals(crates, functions, stacks),
    hostCalls,
    growths,
    tree: callTree(stacks),
  };
}

/** Puts stacks that begin alike together. */
function callTree(stacks: readonly ProfiledStack[]): PanelCallTree {
  const tree = { functions: [], parents: [], self: [], calls: [] } as Record<keyof PanelCallTree, number[]>;
  const children: Map<number, number>[] = [];
  const roots = new Map<number, number>();
  for (const { frames, self, calls } of stacks) {
    let node = -1;
    for (const frame of frames) {
      const among = node === -1 ? roots : children[node]!;
      let next = among.get(frame);
      if (next === undefined) {
        next = tree.functions.push(frame) - 1;
        tree.parents.push(node);
        tree.self.push(0);
        tree.calls.push(0);
        children.push(new Map());
        among.set(frame, next);
      }
      node = next;
    }
    if (node === -1) continue;
    tree.self[node]! += self;
    tree.calls[node]! += calls;
  }
  return tree;
}
