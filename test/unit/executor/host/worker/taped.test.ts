import assert from 'node:assert/strict';
import { systemClocks } from '../../../../../src/executor/host/clocks.ts';
import { systemRandom } from '../../../../../src/executor/host/random.ts';
import { openTape } from '../../../../../src/executor/host/tape/openTape.ts';
import { taped } from '../../../../../src/executor/host/worker/taped.ts';

const redaction = { headers: [], secrets: [] };
type Functions = Readonly<Record<string, (...args: unknown[]) => unknown>>;

describe('calls of the worker’s interfaces on a tape', () => {
  const members = {
    get: (key: string) => [Buffer.from(key), ''],
    increment: (_key: string, delta: bigint) => [delta + 2n ** 60n, ''],
    setWorker: () => '',
  };

  it('are written down, and read back without being made', () => {
    const tape = openTape({ mode: 'record', redaction }, systemClocks(), systemRandom());
    const recorded = taped(tape, 'near:storage/api', members) as Functions;
    const first = [recorded['get']!('k'), recorded['increment']!('n', 5n), recorded['setWorker']!(undefined)];
    const cassette = tape.cassette()!;
    assert.deepEqual(
      cassette.calls.map(({ function: name }) => name),
      ['get', 'increment', 'setWorker'],
    );
    const again = openTape({ mode: 'replay', redaction, cassette }, systemClocks(), systemRandom());
    const never = () => assert.fail('it was called');
    const nobody = { get: never, increment: never, setWorker: never };
    const replayed = taped(again, 'near:storage/api', nobody) as Functions;
    const second = [
      replayed['get']!('k'),
      replayed['increment']!('n', 5n),
      replayed['setWorker']!(undefined),
    ];
    assert.deepEqual(second, [[new Uint8Array([107]), ''], [5n + 2n ** 60n, ''], '']);
    assert.deepEqual(second[1], first[1]);
  });

  it('never hold a key that signs', () => {
    const tape = openTape({ mode: 'record', redaction }, systemClocks(), systemRandom());
    const { call } = taped(tape, 'near:rpc/api', { call: () => ['hash', ''] }) as Functions;
    call!('alice.near', 'ed25519:secret', 'bob.near');
    assert.doesNotMatch(JSON.stringify(tape.cassette()), /ed25519:secret/);
  });
});
