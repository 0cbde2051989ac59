import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { keepModule } from '../../../../src/executor/engine/recentModules.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const empty = Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
const megabyte = 2 ** 20;

/** Keeps a module and returns a weak reference to it, so that no frame here holds on to it. */
function keep(bytes: number): WeakRef<WebAssembly.Module> {
  const module = new WebAssembly.Module(empty);
  keepModule(module, bytes);
  return new WeakRef(module);
}

/** Whether it is still there after the tasks that hold on to a dereferenced object are over. */
async function survives(reference: WeakRef<WebAssembly.Module>): Promise<boolean> {
  await new Promise((done) => setTimeout(done, 10));
  collectGarbage();
  await new Promise((done) => setTimeout(done, 10));
  return reference.deref() !== undefined;
}

describe('Recent modules', () => {
  it('are kept up to a number, and up to a size', async () => {
    const first = keep(1);
    assert.equal(await survives(first), true);
    for (let n = 0; n < 24; n++) keep(1);
    assert.equal(await survives(first), false);
    const second = keep(megabyte);
    assert.equal(await survives(second), true);
    keep(15.5 * megabyte);
    assert.equal(await survives(second), false);
  });

  it('include the last one, whatever its size', async () => {
    assert.equal(await survives(keep(500 * megabyte)), true);
  });
});
