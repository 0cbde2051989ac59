import assert from 'node:assert/strict';
import type { Toolchain } from '../../../../src/compiler/toolchain.ts';
import { toolchainState } from '../../../../src/editor/status/toolchainState.ts';

const toolchain = (
  installedTargets: string[],
  rustcVersion = 'rustc 1.95.0 (abc 2026-04-01)',
): Toolchain => ({
  cargoPath: '/cargo',
  cargoVersion: 'cargo 1.95.0',
  rustcPath: '/rustc',
  rustcVersion,
  sysroot: '/sysroot',
  rustupPath: null,
  rustupToolchain: null,
  installedTargets,
});

describe('the state of a toolchain', () => {
  it('is ready where the target is installed, and names the others that are missing', () => {
    assert.deepEqual(toolchainState(toolchain(['wasm32-wasip2']), 'wasm32-wasip2'), {
      rustVersion: '1.95.0',
      target: 'wasm32-wasip2',
      isInstalled: true,
      othersMissing: ['wasm32-wasip1', 'wasm32-unknown-unknown'],
    });
  });

  it('lacks the target that a crate is built for', () => {
    const state = toolchainState(toolchain(['wasm32-wasip1', 'wasm32-unknown-unknown']), 'wasm32-wasip2');
    assert.equal(state.isInstalled, false);
    assert.deepEqual(state.othersMissing, []);
  });

  it('takes a target by its old name', () => {
    assert.equal(toolchainState(toolchain(['wasm32-wasi']), 'wasm32-wasip1').isInstalled, true);
    assert.equal(toolchainState(toolchain(['wasm32-wasip1']), 'wasm32-wasi').isInstalled, true);
  });

  it('keeps the words of a nightly compiler', () => {
    const { rustVersion } = toolchainState(toolchain([], 'rustc 1.97.0-nightly (abc)'), 'wasm32-wasip2');
    assert.equal(rustVersion, '1.97.0-nightly');
  });
});
