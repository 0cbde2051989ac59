import type { EngineCounts } from '../executor/engine/engine.ts';
import { pageBytes } from '../fuel/plan.ts';
import type { FuelModel } from '../shared/fuelModel.ts';
import type { CodeOrigin, Profile } from '../shared/profile.ts';
import { DebugInfo } from '../wasm/dwarf/debugInfo.ts';
import { beginning, functionDescriber } from './describe.ts';
import { FunctionTable } from './functionTable.ts';
import { LineTable } from './lineTable.ts';
import { callsOf, eachCost, sizedCosts } from './moduleCosts.ts';
import { originOf } from './origin.ts';
import { Sums } from './sums.ts';
import { addTree, stackAtEnd } from './trees.ts';

/** Makes the profile of a run from what was counted. */
export function buildProfile(
  { modules, startupFuel }: EngineCounts,
  fuel: number,
  fuelModel: FuelModel,
): Profile {
  const functions = new FunctionTable();
  const lines = new LineTable();
  const crates = new Sums<{ readonly origin: CodeOrigin; readonly name: string }>();
  const stacks = new Sums<readonly number[]>();
  let unattributed = 0;
  let ended: number[] = [];
  const growths: { fuel: number; bytes: number; row: number }[] = [];

  const addCrate = (file: string | null, units: number) => {
    const { origin, name } = originOf(file);
    crates.add(`${origin} ${name}`, () => ({ origin, name }), units);
  };
  if (startupFuel > 0) {
    const row = functions.row({ name: '(instantiation)', file: null, line: null });
    functions.add(row, { self: startupFuel, total: startupFuel });
    stacks.add(`${row}`, () => [row], startupFuel);
    addCrate(null, startupFuel);
    unattributed += startupFuel;
  }
  for (const counted of modules) {
    const info = DebugInfo.read(counted.module.bytes);
    const describe = functionDescriber(counted, info);
    const rows: number[] = [];
    const rowOf = (index: number) => (rows[index] ??= functions.row(describe(index)));
    const charge = (index: number, offset: number, units: number) => {
      const place = info?.place(offset) ?? null;
      functions.add(rowOf(index), { self: units });
      if (place === null || place.line === 0) unattributed += units;
      else lines.add(place, info!.inlinedFrom(offset), units);
      addCrate(place?.file ?? functions.file(rowOf(index)), units);
    };
    counted.points.bodies.forEach((start, index) => {
      const calls = callsOf(counted, index);
      if (calls === 0) return;
      functions.add(rowOf(index), { calls });
      const begins = beginning(counted.points, info, index);
      eachCost(counted, index, (offset, units) => charge(index, offset === start ? begins : offset, units));
    });
    for (const { index, offset, units } of sizedCosts(counted)) if (units > 0) charge(index, offset, units);
    for (const { function: index, pages, units } of counted.growths) {
      growths.push({ fuel: units, bytes: pages * pageBytes, row: rowOf(index) });
    }
    for (const tree of counted.trees) {
      addTree(tree, rowOf, functions, stacks);
      const stack = stackAtEnd(tree, rowOf);
      if (stack.length > ended.length) ended = stack;
    }
  }

  const { sorted, position } = functions.sorted();
  return {
    fuel,
    fuelModel,
    uncounted: sorted.reduce((sum, { self }) => sum + self, 0) - fuel,
    functions: sorted,
    lines: lines.sorted(),
    hottest: lines.hottest(),
    unattributed,
    growths: growths.map(({ row, ...growth }) => ({ ...growth, function: position[row]! })),
    ended: ended.map((row) => position[row]!),
    crates: crates.all.map(({ of, sum }) => ({ ...of, self: sum })),
    stacks: stacks.all.map(({ of, sum, calls }) => {
      return { frames: of.map((row) => position[row]!), self: sum, calls };
    }),
  };
}
