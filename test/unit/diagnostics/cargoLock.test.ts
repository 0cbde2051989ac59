import assert from 'node:assert/strict';
import { dependencyPath, lockedVersions } from '../../../src/diagnostics/cargoLock.ts';
import { bringsIn, failedCrate } from '../../../src/diagnostics/errors/bringsIn.ts';
import { manifest, MemoryFiles, readCrate } from './support.ts';

const locked = (name: string, ...dependencies: string[]) =>
  `[[package]]\nname = "${name}"\nversion = "1.0.0"\ndependencies = ${JSON.stringify(dependencies)}\n`;
const lock = [
  'version = 4\n',
  locked('app', 'chrono', 'log 0.3.9', 'log 0.4.1 (registry+https://example.org)'),
  locked('chrono', 'js-sys', 'log'),
  locked('js-sys', 'wasm-bindgen', 'chrono'),
  locked('log'),
  locked('wasm-bindgen'),
  locked('other', 'ring'),
  locked('ring'),
].join('\n');

describe('dependencyPath', () => {
  it('is the shortest way to a crate, and none to what another package has', () => {
    assert.deepEqual(dependencyPath(lock, 'app', 'wasm-bindgen'), [
      ...['app', 'chrono', 'js-sys', 'wasm-bindgen'],
    ]);
    assert.deepEqual(dependencyPath(lock, 'app', 'log'), ['app', 'log']);
    assert.equal(dependencyPath(lock, 'app', 'ring'), null);
    assert.equal(dependencyPath('no lock file', 'app', 'log'), null);
  });
});

describe('lockedVersions', () => {
  it('are those of the crate of just that name', () => {
    const versions = `${locked('log')}\n${locked('log-more')}\n${locked('log').replace('1.0.0', '0.4.2')}`;
    assert.deepEqual(lockedVersions(versions, 'log'), ['1.0.0', '0.4.2']);
    assert.deepEqual(lockedVersions(versions.replaceAll('\n', '\r\n'), 'log-more'), ['1.0.0']);
    assert.deepEqual(lockedVersions('', 'log'), []);
  });
});

describe('bringsIn', () => {
  it('names what brings a crate in, where it is not a dependency itself', async () => {
    const files = { 'Cargo.toml': manifest(), 'Cargo.lock': lock, 'src/main.rs': 'fn main() {}' };
    const crate = await readCrate(new MemoryFiles(files));
    assert.equal(bringsIn('wasm-bindgen', crate), 'wasm-bindgen comes in through chrono → js-sys.');
    assert.equal(bringsIn('log', crate), null);
    assert.equal(bringsIn('log', { ...crate, lock: null }), null);
  });

  it('takes the crate from what cargo says', () => {
    assert.equal(failedCrate('error: could not compile `mio` (lib) due to 2 errors'), 'mio');
    assert.equal(failedCrate('failed to run custom build command for `ring v0.17.14`'), 'ring');
    assert.equal(failedCrate('error: no'), null);
  });
});
