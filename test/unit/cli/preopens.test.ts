import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { preopen } from '../../../src/cli/preopens.ts';
import { thrownBy } from './usage.ts';

describe('preopen', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'wörk bench '));
    mkdirSync(join(folder, 'a::b'), { recursive: true });
    writeFileSync(join(folder, 'file'), '');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('is writable, and the guest has its name for it', () => {
    assert.deepEqual(preopen(`${folder}::/data`), { hostPath: folder, guestPath: '/data', writable: true });
  });

  it('has the name that was given where there is no other', () => {
    const given = relative(process.cwd(), folder);
    assert.deepEqual(preopen(given), {
      hostPath: folder,
      guestPath: given.replaceAll('\\', '/'),
      writable: true,
    });
  });

  it('can’t be changed where it is given by --read-dir, which its error names', () => {
    assert.deepEqual(preopen(`${folder}::/data`, '--read-dir'), {
      hostPath: folder,
      guestPath: '/data',
      writable: false,
    });
    const { message, hint } = thrownBy(() => preopen('/no/such', '--read-dir'));
    assert.match(`${message} ${hint}`, /^--read-dir \/no\/such names no folder\. Write --read-dir HOST or/);
  });

  it('splits at the last double colon', function () {
    if (process.platform === 'win32') this.skip(); // no name holds a colon there
    assert.equal(preopen(`${folder}/a::b::.`).hostPath, join(folder, 'a::b'));
  });

  for (const text of ['', '::/data', '/no/such/folder', '/no/such/folder::/x']) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      assert.equal(thrownBy(() => preopen(text)).code, 'file-not-found');
    });
  }

  it('refuses a file, and a folder without a name for the guest', () => {
    assert.equal(thrownBy(() => preopen(join(folder, 'file'))).code, 'file-not-found');
    assert.equal(thrownBy(() => preopen(`${folder}::`)).code, 'file-not-found');
  });
});
