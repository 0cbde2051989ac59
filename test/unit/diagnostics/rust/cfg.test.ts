import assert from 'node:assert/strict';
import { evaluateCfg } from '../../../../src/diagnostics/rust/cfg.ts';

const cases: Readonly<Record<string, boolean | null>> = {
  unix: false,
  windows: false,
  test: false,
  'not(test)': true,
  'target_arch = "wasm32"': true,
  'not(target_family = "wasm")': false,
  'target_os = "linux"': false,
  'any(unix, target_os = "wasi")': true,
  'all(feature = "on", not(windows))': true,
  'feature = "off"': null,
  'all(unix, feature = "off")': false,
  'any(feature = "off", feature = "on")': true,
  'not(feature = "off")': null,
  debug_assertions: null,
  'target_has_atomic = "64"': null,
  'all()': true,
  'any()': false,
  'not(': null,
  '': null,
};

describe('evaluateCfg', () => {
  for (const [predicate, value] of Object.entries(cases)) {
    it(`takes ${predicate} for ${value}`, () => {
      assert.equal(evaluateCfg(predicate, { features: new Set(['on']) }), value);
    });
  }
});
