import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createExecutorService, type ExecutorService } from '../../../../../src/executor/process/service.ts';
import { defaultNetwork } from '../../../../../src/shared/network.ts';
import { requestFor } from '../../support.ts';
import { asking, httpProgram, type Servers, startServers } from './http.ts';

const childPath = fileURLToPath(new URL('../../../../../src/executor/process/child.ts', import.meta.url));

describe('wasi:http in the executor’s process', function () {
  this.timeout(300_000);
  let cacheDir: string;
  let service: ExecutorService;
  let servers: Servers;
  let program: Uint8Array;
  before(async () => {
    cacheDir = mkdtempSync(join(tmpdir(), 'network é '));
    service = createExecutorService({ childPath, cacheDir });
    [servers, program] = await Promise.all([startServers(), httpProgram('request')]);
  });
  after(async () => {
    await service[Symbol.asyncDispose]();
    await servers[Symbol.asyncDispose]();
    rmSync(cacheDir, { recursive: true, force: true });
  });

  const request = (path: string, allowLocal = true) =>
    requestFor(program, {
      input: asking({ authority: `127.0.0.1:${servers.http}`, path }),
      options: { target: 'wasm32-wasip2', network: { ...defaultNetwork, allowLocal } },
    });

  it('requests arrive, and are in the result', async () => {
    const result = await service.run(request('/hello'));
    assert.equal(result.error, null);
    assert.deepEqual(
      result.network.map(({ host, status, bytes }) => [host, status, bytes]),
      [['127.0.0.1', 200, 5]],
    );
  });

  it('a stop breaks into a wait for bytes, and the next run is served', async () => {
    const stop = new AbortController();
    const result = await service.run(request('/stalls'), { onStdout: () => stop.abort() }, stop.signal);
    assert.equal(result.error?.code, 'stopped');
    assert.equal((await service.run(request('/hello'))).network[0]?.status, 200);
  });

  it('no connection outlives its run, however that ended', async () => {
    await service.run(request('/hello'));
    await service.run({ ...request('/stalls'), limits: { ...request('/').limits, maxExecutionSeconds: 4 } });
    const stop = new AbortController();
    await service.run(request('/stalls'), { onStdout: () => stop.abort() }, stop.signal);
    assert.equal((await service.run(request('/huge'))).network[0]?.bytes, 10 << 20);
    // Each was closed by the end of its run, of which the server learns a moment later.
    while (servers.open() > 0) await new Promise((next) => setTimeout(next, 20));
  });

  it('nothing of one run’s permission is left to the next', async () => {
    assert.equal((await service.run(request('/hello'))).network[0]?.allowed, true);
    assert.equal((await service.run(request('/hello', false))).network[0]?.allowed, false);
  });
});
