import assert from 'node:assert/strict';
import {
  type ChildMessage,
  frameHeader,
  type FrameKind,
  frameKind,
  FrameReader,
} from '../../../../src/executor/process/frames.ts';
import { decodeUtf8, encodeUtf8 } from '../../../../src/shared/text.ts';

function frame(kind: FrameKind, text: string): Uint8Array {
  const payload = encodeUtf8(text);
  return Buffer.concat([frameHeader(kind, payload.length), payload]);
}

function shown(messages: readonly ChildMessage[]): unknown[] {
  return messages.map((message) =>
    'bytes' in message ? `${message.kind} ${decodeUtf8(message.bytes)}` : message,
  );
}

describe('FrameReader', () => {
  const stream = Buffer.concat([
    frame(frameKind.accepted, 'null'),
    frame(frameKind.loaded, '{"format":"p1"}'),
    frame(frameKind.stdout, 'a'),
    frame(frameKind.stdout, 'b'),
    frame(frameKind.beat, ''),
    frame(frameKind.stderr, 'c'),
    frame(frameKind.stdout, 'd'),
    frame(frameKind.fuel, '7'),
    frame(frameKind.ended, 'null'),
    frame(frameKind.part, '{"fuel"'),
    frame(frameKind.part, ':1'),
    frame(frameKind.result, '2}'),
  ]);

  it('joins output of one kind, keeps the order, and joins the parts of a result', () => {
    assert.deepEqual(shown(new FrameReader().push(stream)), [
      { kind: 'accepted' },
      { kind: 'loaded', loaded: { format: 'p1' } },
      'stdout ab',
      'stderr c',
      'stdout d',
      { kind: 'fuel', units: 7 },
      { kind: 'ended' },
      { kind: 'result', report: { fuel: 12 } },
    ]);
  });

  it('reads the same from any chunks', () => {
    for (let size = 1; size < 20; size++) {
      const reader = new FrameReader();
      const messages: ChildMessage[] = [];
      for (let at = 0; at < stream.length; at += size) {
        messages.push(...reader.push(stream.subarray(at, at + size)));
      }
      const output = messages.flatMap((m) => ('bytes' in m ? [decodeUtf8(m.bytes)] : [])).join('');
      assert.equal(output, 'abcd', `chunks of ${size}`);
      assert.deepEqual(messages.at(-1), { kind: 'result', report: { fuel: 12 } });
    }
  });
});
