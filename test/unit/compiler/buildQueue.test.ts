import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { BuildQueue } from '../../../src/compiler/buildQueue.ts';

describe('BuildQueue', () => {
  const never = () => assert.fail('had to wait');

  it('lets one job at a time into a folder, in the order of asking', async () => {
    const queue = new BuildQueue();
    const seen: string[] = [];
    const first = Promise.withResolvers<undefined>();
    const job = (name: string, until: Promise<undefined>) =>
      queue.run(
        'a',
        async () => {
          seen.push(`${name} begins`);
          await until;
          seen.push(`${name} ends`);
        },
        () => seen.push(`${name} waits`),
        undefined,
      );
    const all = [
      job('1', first.promise),
      job('2', Promise.resolve(undefined)),
      job('3', Promise.resolve(undefined)),
    ];
    await setImmediate();
    assert.deepEqual(seen, ['1 begins', '2 waits', '3 waits']);
    first.resolve(undefined);
    await Promise.all(all);
    assert.deepEqual(seen.slice(3), ['1 ends', '2 begins', '2 ends', '3 begins', '3 ends']);
  });

  it('lets other folders in meanwhile, and the same one again after a job that threw', async () => {
    const queue = new BuildQueue();
    const blocked = Promise.withResolvers<undefined>();
    const a = queue.run('a', () => blocked.promise, never, undefined);
    assert.equal(await queue.run('b', () => Promise.resolve(1), never, undefined), 1);
    await assert.rejects(
      queue.run('b', () => Promise.reject(new Error('x')), never, undefined),
      /x/,
    );
    await setImmediate();
    assert.equal(await queue.run('b', () => Promise.resolve(2), never, undefined), 2);
    blocked.resolve(undefined);
    await a;
  });

  it('forgets a job that was cancelled while it waited, without letting the next one in early', async () => {
    const queue = new BuildQueue();
    const blocked = Promise.withResolvers<undefined>();
    const seen: string[] = [];
    const first = queue.run('a', () => blocked.promise.then(() => seen.push('first')), never, undefined);
    const abort = new AbortController();
    const waits = () => undefined;
    const second = queue.run('a', () => Promise.resolve(seen.push('second')), waits, abort.signal);
    abort.abort();
    await assert.rejects(second, { name: 'WorkbenchError', message: 'The build was cancelled.' });
    const third = queue.run('a', () => Promise.resolve(seen.push('third')), waits, undefined);
    await setImmediate();
    assert.deepEqual(seen, []);
    blocked.resolve(undefined);
    await Promise.all([first, third]);
    assert.deepEqual(seen, ['first', 'third']);
  });
});
