import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareCase } from '../../../src/cases/prepareCase.ts';
import { defaultLimits } from '../../../src/shared/limits.ts';
import { defaultNetwork } from '../../../src/shared/network.ts';
import type { SavedInput } from '../../../src/shared/savedInput.ts';
import { decodeUtf8 } from '../../../src/shared/text.ts';
import { WorkbenchError } from '../../../src/shared/workbenchError.ts';

describe('preparing a case', () => {
  let crateDir: string;
  before(() => {
    crateDir = mkdtempSync(join(tmpdir(), 'wörk bench '));
    mkdirSync(join(crateDir, '.wasi-workbench'));
    mkdirSync(join(crateDir, 'data'));
    writeFileSync(join(crateDir, '.wasi-workbench', 'in.bin'), new Uint8Array([0, 255]));
  });
  after(() => rmSync(crateDir, { recursive: true }));

  const prepare = (saved: Omit<SavedInput, 'name'>) =>
    prepareCase(
      crateDir,
      { name: 'x', ...saved },
      { limits: defaultLimits, fuelModel: 'wasmtime-28', network: defaultNetwork, outlayer: {} },
      (name) => Promise.resolve(name === 'KEY' ? 'hidden' : undefined),
    );
  const refused = (code: string, message: RegExp) => (error: unknown) =>
    error instanceof WorkbenchError && error.value.code === code && message.test(error.message);

  it('takes the defaults where the case leaves everything out', async () => {
    assert.deepEqual(await prepare({}), {
      input: new Uint8Array(),
      args: [],
      env: [],
      preopens: [],
      scratch: null,
      taping: { options: {}, cassette: null },
      mocks: null,
      limits: defaultLimits,
      fuelModel: 'wasmtime-28',
      network: defaultNetwork,
      outlayer: { workspace: {}, own: null },
      seed: null,
      target: null,
      runnable: null,
      profileKind: null,
      expectsJson: false,
    });
  });

  it('sends text as it is, JSON compact, and the bytes of a file beside the inputs file', async () => {
    assert.equal(decodeUtf8((await prepare({ stdin: { text: 'ä\n' } })).input), 'ä\n');
    assert.equal(decodeUtf8((await prepare({ stdin: { json: { a: [1, null] } } })).input), '{"a":[1,null]}');
    assert.deepEqual([...(await prepare({ stdin: { file: 'in.bin' } })).input], [0, 255]);
  });

  it('adds secrets to the environment, and changes single limits', async () => {
    const { env, limits } = await prepare({ env: { A: 'a' }, secrets: ['KEY'], limits: { maxMemoryMb: 1 } });
    assert.deepEqual(env, [
      ['A', 'a'],
      ['KEY', 'hidden'],
    ]);
    assert.deepEqual(limits, { ...defaultLimits, maxMemoryMb: 1 });
  });

  it('opens folders relative to the inputs file, read-only unless it says otherwise', async () => {
    const { preopens } = await prepare({ folders: [{ host: '../data', guest: '/d' }] });
    assert.deepEqual(preopens, [{ hostPath: join(crateDir, 'data'), guestPath: '/d', writable: false }]);
  });

  it('says which file, folder or secret is missing', async () => {
    await assert.rejects(prepare({ stdin: { file: 'no' } }), refused('file-not-found', /The file no/));
    await assert.rejects(
      prepare({ folders: [{ host: 'no', guest: '/' }] }),
      refused('file-not-found', /The folder no/),
    );
    await assert.rejects(prepare({ secrets: ['OTHER'] }), refused('usage', /OTHER has no value/));
  });
});
