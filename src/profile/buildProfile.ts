import type { RunCounts } from '../fuel/profile/counts.ts';
import { pageBytes } from '../fuel/plan.ts';
import type { FuelModel } from '../shared/fuelModel.ts';
import type { CodeOrigin, Profile } from '../shared/profile.ts';
import type { CodePlace } from '../wasm/dwarf/inlinedCode.ts';
import { FunctionRows } from './functionRows.ts';
import { FunctionTable } from './functionTable.ts';
import { LineTable } from './lineTable.ts';
import { callsOf, eachCost, sizedCosts } from './moduleCosts.ts';
import { originOf } from './origin.ts';
import { Sums } from './sums.ts';
import { addTree, stackAtEnd } from './trees.ts';

/** Makes the profile of a run from what was counted. */
export function buildProfile(
  { modules, startupFuel }: RunCounts,
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
    const rows = new FunctionRows(counted, functions);
    const charge = (index: number, { place, calls }: CodePlace, context: number, units: number) => {
      const own = rows.of(index);
      const row = rows.inlined(context).at(-1) ?? own;
      functions.add(row, { self: units, ...(row === own ? {} : { inlined: units }) });
      if (place === null || place.line === 0) unattributed += units;
      else lines.add(place, calls, units);
      addCrate(place?.file ?? functions.file(own), units);
    };
    counted.points.bodies.forEach((start, index) => {
      const calls = callsOf(counted, index);
      if (calls === 0) return;
      functions.add(rows.of(index), { calls });
      // Operators of one place stand together: what they cost is charged at once.
      const pending: { code: CodePlace | null; units: number } = { code: null, units: 0 };
      const chargePending = () => {
        if (pending.code !== null) charge(index, pending.code, pending.code.context, pending.units);
      };
      eachCost(counted, index, (offset, units, n) => {
        const code = rows.code(n);
        // What each call costs is the function's, whatever its first operator was inlined from.
        if (offset === start) charge(index, code, 0, units);
        else if (code === pending.code) pending.units += units;
        else {
          chargePending();
          pending.code = code;
          pending.units = units;
        }
      });
      chargePending();
    });
    for (const { index, offset, units } of sizedCosts(counted)) {
      const code = counted.code.at(offset);
      if (units > 0) charge(index, code, code.context, units);
    }
    for (const { function: index, pages, units } of counted.growths) {
      growths.push({ fuel: units, bytes: pages * pageBytes, row: rows.of(index) });
    }
    for (const tree of counted.trees) {
      addTree(tree, counted, rows, functions, stacks);
      const stack = stackAtEnd(tree, rows);
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
