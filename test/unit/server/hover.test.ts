import assert from 'node:assert/strict';
import { wasmPathAt } from '../../../src/server/hover.ts';

describe('path of a .wasm file at a column', () => {
  it('is a word, or what stands in quotes, spaces included', () => {
    assert.deepEqual(wasmPathAt('run target/a.wasm now', 6), { path: 'target/a.wasm', start: 4 });
    assert.deepEqual(wasmPathAt('open("my files/a.wasm")', 15), { path: 'my files/a.wasm', start: 6 });
    assert.deepEqual(wasmPathAt('C:\\wörk\\a.wasm', 3), { path: 'C:\\wörk\\a.wasm', start: 0 });
    assert.deepEqual(wasmPathAt('a.wasm b.wasm', 8), { path: 'b.wasm', start: 7 });
  });

  it('is nothing beside one, or for other files', () => {
    assert.equal(wasmPathAt('run target/a.wasm now', 1), null);
    assert.equal(wasmPathAt('see a.wasm.map', 6), null);
    assert.equal(wasmPathAt('', 0), null);
  });
});
