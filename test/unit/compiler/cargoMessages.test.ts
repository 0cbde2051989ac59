import assert from 'node:assert/strict';
import { parseCargoMessage } from '../../../src/compiler/cargoMessages.ts';

describe('parseCargoMessage', () => {
  it('reads the artefact that cargo names', () => {
    const line = JSON.stringify({
      reason: 'compiler-artifact',
      package_id: 'path+file:///a#demo@0.1.0',
      target: { kind: ['bin'], crate_types: ['bin'], name: 'demo', src_path: '/a/src/main.rs' },
      filenames: ['/a/target/demo.wasm'],
      executable: '/a/target/demo.wasm',
      fresh: false,
    });
    assert.deepEqual(parseCargoMessage(line), {
      reason: 'compiler-artifact',
      artefact: {
        packageId: 'path+file:///a#demo@0.1.0',
        kind: ['bin'],
        name: 'demo',
        filenames: ['/a/target/demo.wasm'],
        executable: '/a/target/demo.wasm',
      },
    });
  });

  it('passes over what is not a message: text of a wrapper, cut JSON, other reasons', () => {
    for (const line of [
      'wrapper: starting rustc',
      '{"reason":"compiler-artifact","package_id":"a',
      '{}',
      '[1]',
      'null',
      '{"reason":"build-finished","success":true}',
    ]) {
      assert.equal(parseCargoMessage(line), null, line);
    }
  });
});
