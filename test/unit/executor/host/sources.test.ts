import assert from 'node:assert/strict';
import { systemClocks } from '../../../../src/executor/host/clocks.ts';
import { seededRandom, systemRandom } from '../../../../src/executor/host/random.ts';
import { InputPipe, OutputPipe } from '../../../../src/executor/host/stdio.ts';

describe('host: clocks', () => {
  it('tell the time of day, and go forward', () => {
    const clocks = systemClocks();
    assert.ok(Math.abs(Number(clocks.wallNow() / 1_000_000n) - Date.now()) < 1000);
    const [wall, monotonic] = [clocks.wallNow(), clocks.monotonicNow()];
    clocks.sleep(2_000_000n);
    assert.ok(clocks.monotonicNow() - monotonic >= 2_000_000n);
    assert.ok(clocks.wallNow() - wall >= 2_000_000n);
    clocks.sleep(0n);
  });
});

describe('host: randomness', () => {
  it('repeats with its seed, and is another with another seed', () => {
    const draw = (seed: number) => {
      const bytes = new Uint8Array(20);
      const random = seededRandom(seed);
      random.fill(bytes.subarray(0, 5));
      random.fill(bytes.subarray(5));
      return Buffer.from(bytes).toString('hex');
    };
    assert.equal(draw(7), draw(7));
    assert.notEqual(draw(7), draw(8));
    // The first step of SplitMix64 from seed 0, as its authors' program gives it, little-endian.
    const bytes = new Uint8Array(8);
    seededRandom(0).fill(bytes);
    assert.equal(new DataView(bytes.buffer).getBigUint64(0, true), 0xe220a8397b1dcdafn);
  });

  it('fills all of a request where it is real', () => {
    const bytes = new Uint8Array(4096);
    systemRandom().fill(bytes);
    assert.ok(new Set(bytes).size > 100);
  });
});

describe('host: streams', () => {
  it('hand out what is asked for until nothing is left', () => {
    const input = new InputPipe(Uint8Array.of(1, 2, 3));
    assert.deepEqual([...input.read(2)], [1, 2]);
    assert.equal(input.remaining, 1);
    assert.deepEqual([...input.read(2)], [3]);
    assert.deepEqual([...input.read(2)], []);
  });

  it('count down what may be written', () => {
    const written: number[] = [];
    const output = new OutputPipe(3, (bytes) => written.push(...bytes));
    output.write(Uint8Array.of(1, 2));
    assert.equal(output.remaining, 1);
    assert.deepEqual(written, [1, 2]);
  });
});
