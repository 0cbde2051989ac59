import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outlayerSettings } from '../../../src/cli/outlayer.ts';
import { writeFiles } from '../../writeFiles.ts';
import { thrownBy, usage } from './usage.ts';

describe('outlayerSettings', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'outlayer '));
    writeFiles(folder, {
      'run.json': '{ "sender": "alice.testnet", // who asks\n  "attachedUsd": 5 }',
      'wrong.json': '{\n  "sendr": "alice.testnet",\n  "attachedUsd": -5\n}\n',
    });
  });
  after(() => rmSync(folder, { recursive: true }));

  it('says nothing where no option does', () => {
    assert.equal(outlayerSettings({}), null);
  });

  it('takes what the file says, and a single option before it', () => {
    const outlayer = join(folder, 'run.json');
    assert.deepEqual(outlayerSettings({ outlayer }), { sender: 'alice.testnet', attachedUsd: 5 });
    assert.deepEqual(outlayerSettings({ outlayer, sender: 'bob.near' }), {
      sender: 'bob.near',
      attachedUsd: 5,
    });
  });

  it('names every place of a file that is wrong', () => {
    const outlayer = join(folder, 'wrong.json');
    const { cause } = usage(() => outlayerSettings({ outlayer }));
    assert.match(cause!, /wrong\.json:2:3: .*“sendr”.*Did you mean “sender”/);
    assert.match(cause!, /wrong\.json:3:18: .*whole number from 0/);
  });

  it('says that a file is missing, and an account is none', () => {
    assert.equal(
      thrownBy(() => outlayerSettings({ outlayer: join(folder, 'none.json') })).code,
      'file-not-found',
    );
    usage(() => outlayerSettings({ sender: 'No Account' }));
  });
});
