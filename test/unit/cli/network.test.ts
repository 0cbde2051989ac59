import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { blockedAddress } from '../../../src/executor/host/http/failure.ts';
import { renderRun } from '../../../src/cli/render.ts';
import { runSettings } from '../../../src/cli/runOptions.ts';
import { defaultLimits } from '../../../src/shared/limits.ts';
import { defaultNetwork, type NetworkAttempt } from '../../../src/shared/network.ts';
import { runResult } from '../runResult.ts';

const attempt: NetworkAttempt = {
  host: 'api.example.com',
  method: 'GET',
  status: 200,
  bytes: 2048,
  ms: 12.34,
  allowed: true,
  reason: null,
  source: 'network',
};

describe('the network on the command line', () => {
  it('is the worker’s where nothing is said', () => {
    assert.deepEqual(runSettings({}).options.network, defaultNetwork);
  });

  it('goes by its options', () => {
    const file = fileURLToPath(import.meta.url);
    assert.deepEqual(
      runSettings({
        'no-network': true,
        'allow-host': ['a.test', 'b.test'],
        'allow-local': true,
        'ca-file': file,
      }).options.network,
      { enabled: false, allowHosts: ['a.test', 'b.test'], allowLocal: true, caFile: file },
    );
  });

  it('wants a CA file that is there', () => {
    assert.throws(
      () => runSettings({ 'ca-file': '/no/such/file' }),
      /--ca-file \/no\/such\/file names no file/,
    );
  });

  it('is in the summary: answers, refusals and failures', () => {
    const network = [
      attempt,
      { ...attempt, host: '127.0.0.1', status: null, allowed: false, reason: 'destination blocked' },
      { ...attempt, method: 'PUT', status: null, reason: 'connection refused' },
    ];
    assert.match(
      renderRun(runResult({ network }), defaultLimits, 'wasi'),
      /\n {2}GET api\.example\.com 200, 2\.0 KiB in 12\.3 ms\n {2}GET 127\.0\.0\.1 refused: destination blocked\n {2}PUT api\.example\.com failed: connection refused\n/,
    );
  });

  it('is told the options that let it out, where there is one', () => {
    const refusals = (...reasons: string[]) => {
      const network = reasons.map((reason) => ({ ...attempt, status: null, allowed: false, reason }));
      return renderRun(runResult({ network }), defaultLimits, 'wasi');
    };
    const blocked = (address: string, range: string) => blockedAddress(address, range).reason;
    const local = refusals(blocked('127.0.0.1', 'loopback'), blocked('fd00::1', 'unique-local'));
    assert.equal(local.match(/\n {4}--allow-local lets/g)?.length, 1);
    assert.match(
      refusals('host "a.test" is not among the hosts that the settings of this run allow'),
      /\n {4}--allow-host NAME lets/,
    );
    const closed = refusals(
      blocked('169.254.169.254', 'link-local'),
      'host "a.test" is not in the project\'s manifest network allowlist',
    );
    assert.doesNotMatch(closed, /--allow/);
    const failed = { ...attempt, reason: 'the answer (of 127.0.0.1: loopback)' };
    assert.doesNotMatch(renderRun(runResult({ network: [failed] }), defaultLimits, 'wasi'), /--allow/);
  });

  it('is cut in the summary where it is long', () => {
    const text = renderRun(
      runResult({ network: Array.from({ length: 25 }, () => attempt) }),
      defaultLimits,
      'wasi',
    );
    assert.equal(text.match(/GET api/g)?.length, 10);
    assert.match(text, /\n {2}… and 15 more requests\n/);
  });
});
