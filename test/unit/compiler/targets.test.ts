import assert from 'node:assert/strict';
import { cargoTarget, checkTarget } from '../../../src/compiler/targets.ts';
import type { Rustc } from '../../../src/compiler/toolchain.ts';
import { validTargets } from '../../../src/executor/formats.ts';

function rustc(knownTargets: string[], installedTargets: string[]): Rustc {
  return { sysroot: '/rust', knownTargets, installedTargets };
}

const today = ['wasm32-unknown-unknown', 'wasm32-wasip1', 'wasm32-wasip2'];

describe('targets', () => {
  it('refuses what is no target by its name, with those that are', () => {
    for (const name of ['wasm32-wasip3', 'x86_64-unknown-linux-gnu', 'wasip1', '', '--release']) {
      assert.throws(() => checkTarget(name), {
        value: {
          code: 'unknown-target',
          message: `${name} is not a target that can be built here.`,
          cause: null,
          hint: 'Choose one of wasm32-wasip2, wasm32-wasip1, wasm32-wasi, wasm32-unknown-unknown.',
          actions: validTargets.map((target) => ({ kind: 'build-for-target', target })),
          backtrace: [],
        },
      });
    }
    validTargets.forEach((target) => assert.doesNotThrow(() => checkTarget(target)));
  });

  it("maps wasm32-wasi to wasip1's name in this rustc, and wasip1 to wasi in one from before 1.78", () => {
    const name = (asked: 'wasm32-wasi' | 'wasm32-wasip1', known: string[], installed: string[]) =>
      cargoTarget(asked, rustc(known, installed), true).name;
    assert.equal(name('wasm32-wasi', today, ['wasm32-wasip1']), 'wasm32-wasip1');
    assert.equal(name('wasm32-wasi', today, []), 'wasm32-wasip1');
    assert.equal(name('wasm32-wasip1', ['wasm32-wasi'], ['wasm32-wasi']), 'wasm32-wasi');
    // 1.78 to 1.83 know both: the installed one serves.
    const both = ['wasm32-wasi', 'wasm32-wasip1'];
    assert.equal(name('wasm32-wasip1', both, ['wasm32-wasi']), 'wasm32-wasi');
    assert.equal(name('wasm32-wasi', both, both), 'wasm32-wasip1');
  });

  it('makes wasip2 from wasip1 where only that is installed, unless told not to', () => {
    const only1 = rustc(today, ['wasm32-wasip1']);
    const old = rustc(['wasm32-wasi'], ['wasm32-wasi']);
    assert.deepEqual(cargoTarget('wasm32-wasip2', only1, true), {
      name: 'wasm32-wasip1',
      adapt: true,
      installed: true,
    });
    assert.equal(cargoTarget('wasm32-wasip2', old, true).name, 'wasm32-wasi');
    assert.deepEqual(cargoTarget('wasm32-wasip2', only1, false), {
      name: 'wasm32-wasip2',
      adapt: false,
      installed: false,
    });
    assert.equal(cargoTarget('wasm32-wasip2', rustc(today, today), true).adapt, false);
    assert.deepEqual(cargoTarget('wasm32-wasip2', rustc(today, []), true), {
      name: 'wasm32-wasip2',
      adapt: false,
      installed: false,
    });
  });

  it('says so where this rustc knows none of the names', () => {
    assert.throws(() => cargoTarget('wasm32-wasip2', rustc(['wasm32-unknown-unknown'], []), true), {
      name: 'WorkbenchError',
      message: 'The installed rustc does not know the target wasm32-wasip2.',
    });
  });
});
