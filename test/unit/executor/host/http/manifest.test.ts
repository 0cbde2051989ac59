import assert from 'node:assert/strict';
import { manifestHosts } from '../../../../../src/executor/host/http/manifest.ts';
import { WorkbenchError } from '../../../../../src/shared/workbenchError.ts';

const component = Buffer.of(0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0);
const module = Buffer.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

function section(id: number, content: Uint8Array): Buffer {
  const size: number[] = [];
  for (let left = content.length; ; left >>= 7) {
    size.push(left > 127 ? (left & 127) | 128 : left);
    if (left <= 127) break;
  }
  return Buffer.concat([Buffer.of(id, ...size), content]);
}

function custom(text: string, name = 'outlayer.manifest'): Buffer {
  return section(0, Buffer.concat([Buffer.of(name.length), Buffer.from(name), Buffer.from(text)]));
}

const hosts = (...parts: Buffer[]): readonly string[] | null =>
  manifestHosts(Buffer.concat([component, ...parts]));
const naming = (...names: string[]): string => JSON.stringify({ capabilities: { network: names } });

describe('the outlayer.manifest section', () => {
  it('is found in a component, in a module of it, and in a module of a component of it', () => {
    const inModule = section(1, Buffer.concat([module, custom('x', 'name'), custom(naming('a.test'))]));
    assert.deepEqual(hosts(custom(naming('a.test'))), ['a.test']);
    assert.deepEqual(hosts(inModule), ['a.test']);
    assert.deepEqual(hosts(section(4, Buffer.concat([component, inModule]))), ['a.test']);
  });

  it('restricts nothing where it is absent or names no network, and everything where the list is empty', () => {
    assert.equal(hosts(), null);
    assert.equal(hosts(custom('x', 'producers')), null);
    assert.equal(hosts(custom('{"capabilities":{}}')), null);
    assert.deepEqual(hosts(custom(naming())), []);
  });

  it('may name the network at its top', () => {
    assert.deepEqual(hosts(custom('{"network":["a.test"]}')), ['a.test']);
  });

  it('that can’t be read keeps the program from running', () => {
    for (const text of [
      '{',
      '\u{fffd}'.padEnd(70_000, 'x'),
      '{"network":"a.test"}',
      '{"network":[1]}',
      '{"capabilities":{"network":null}, "network": {}}',
    ]) {
      assert.throws(
        () => hosts(custom(text)),
        (error: unknown) => error instanceof WorkbenchError && error.value.code === 'invalid-wasm',
        text.slice(0, 40),
      );
    }
  });
});
