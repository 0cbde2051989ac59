import assert from 'node:assert/strict';
import { strip } from '../../../src/compiler/strip.ts';

const header = [0, 0x61, 0x73, 0x6d];
const core = (...sections: number[][]) => [...header, 1, 0, 0, 0, ...sections.flat()];
const component = (...sections: number[][]) => [...header, 0x0d, 0, 1, 0, ...sections.flat()];
const section = (id: number, content: number[]) => [id, ...leb(content.length), ...content];
const custom = (name: string, size = 3) =>
  section(0, [name.length, ...Buffer.from(name), ...new Array<number>(size).fill(7)]);

function leb(n: number): number[] {
  return n < 0x80 ? [n] : [(n % 0x80) | 0x80, ...leb(Math.floor(n / 0x80))];
}

function check(before: number[], after: number[], removed: string[]) {
  const result = strip(Uint8Array.from(before));
  assert.deepEqual([...result.wasm], after);
  assert.deepEqual(result.removed, removed);
}

describe('strip', () => {
  const type = section(1, [1, 0x60, 0, 0]);

  it('keeps the sections that wasm-tools strip keeps, and no other custom ones', () => {
    const kept = [custom('name'), custom('dylink.0'), custom('component-type:world')];
    check(
      core(custom('.debug_info', 200), type, custom('component-type'), ...kept, custom('target_features')),
      core(type, ...kept),
      ['.debug_info', 'component-type', 'target_features'],
    );
  });

  it('strips nested modules and components, whose sizes shrink with them', () => {
    const inner = (...more: number[][]) => core(type, custom('name'), ...more);
    check(
      component(
        section(1, inner(custom('.debug_line', 300))),
        section(4, component(section(1, inner(custom('producers'))), custom('producers'))),
        custom('outlayer.manifest'),
        section(7, [0]),
      ),
      component(section(1, inner()), section(4, component(section(1, inner()))), section(7, [0])),
      ['.debug_line', 'producers', 'producers', 'outlayer.manifest'],
    );
  });

  it('leaves a core module alone where a section only looks like a nested binary', () => {
    const table = section(4, core(custom('producers')));
    check(core(table), core(table), []);
  });

  it('writes sizes in their shortest form', () => {
    check(core([1, 0x84, 0x80, 0, 1, 0x60, 0, 0]), core(type), []);
  });

  it('refuses a binary that is cut off', () => {
    assert.throws(() => strip(Uint8Array.from(core(type).slice(0, -1))), { name: 'WorkbenchError' });
  });
});
