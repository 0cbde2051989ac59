import assert from 'node:assert/strict';
import { createCoreEngine } from '../../../../src/executor/engine/createEngine.ts';
import { fuelModels } from '../../../../src/shared/fuelModel.ts';
import { defaultLimits } from '../../../../src/shared/limits.ts';
import { assemble } from '../assemble.ts';

const text = `(module (memory 1 10)
  (func $grow (param i32) (drop (memory.grow (local.get 0))))
  (func (export "f") (call $grow (i32.const 2)) (call $grow (i32.const 100))
    (drop (memory.grow (i32.const 1))) (drop (i32.const 1))))`;

describe('Profile: growth of memory', () => {
  for (const fuelModel of fuelModels) {
    it(`is noted with who asked for it, and the fuel until then, by ${fuelModel}`, async () => {
      const engine = createCoreEngine({ fuelModel, limits: defaultLimits, profile: 'code and calls' });
      const [module] = await engine.compile([{ name: 'module[0]', bytes: assemble(text) }]);
      const { exports } = engine.instantiate(module!, {}) as { exports: Record<string, () => void> };
      exports['f']!();
      const [counted] = engine.counts()!.modules;
      assert.deepEqual(
        counted!.growths.map(({ function: index, pages }) => [index, pages]),
        [
          [0, 3],
          [0, 3],
          [1, 4],
        ],
        'a growth that is refused leaves the pages as they were',
      );
      const units = counted!.growths.map((growth) => growth.units);
      assert.deepEqual(
        units,
        units.toSorted((a, b) => a - b),
      );
      assert.ok(units[0]! > 0 && units[2]! > units[0]! && units[2]! <= engine.fuelUsed());
      // The notes stand between the nodes, and are none.
      assert.equal(
        counted!.trees[0]!.reduce((sum, { self }) => sum + self, 0),
        engine.fuelUsed(),
      );
      assert.equal(counted!.trees[0]!.length, 3);
    });
  }
});
