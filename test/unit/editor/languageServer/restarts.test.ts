import assert from 'node:assert/strict';
import { Restarts } from '../../../../src/editor/languageServer/restarts.ts';

describe('restarts', () => {
  it('wait longer each time, and end after too many', () => {
    const restarts = new Restarts(4);
    const delays = [0, 1, 2, 3, 4].map((second) => restarts.next(second * 1000));
    assert.deepEqual(delays, [250, 1000, 4000, 16_000, null]);
  });

  it('never wait longer than a minute', () => {
    const restarts = new Restarts(100);
    const delays = Array.from({ length: 20 }, () => restarts.next(0)!);
    assert.equal(Math.max(...delays), 60_000);
  });

  it('start over after five calm minutes, and when somebody asks', () => {
    const restarts = new Restarts(1);
    assert.equal(restarts.next(0), 250);
    assert.equal(restarts.next(6 * 60_000), 250);
    restarts.clear();
    assert.equal(restarts.next(6 * 60_000 + 1), 250);
    assert.equal(restarts.next(6 * 60_000 + 2), null);
  });
});
