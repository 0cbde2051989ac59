import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  createExecutorService,
  type ExecutorService,
  type ExecutorServiceOptions,
} from '../../../../src/executor/process/service.ts';
import { decodeUtf8 } from '../../../../src/shared/text.ts';
import { endlessLoop, preview1Program, print, requestFor } from '../support.ts';

const childPath = fileURLToPath(new URL('../../../../src/executor/process/child.ts', import.meta.url));
const hello = requestFor(preview1Program(print(1, 5), 'hello'));
const hang = (maxExecutionSeconds = 60) =>
  requestFor(preview1Program(`${print(1, 5)}${endlessLoop}`, 'hello'), {
    limits: { maxInstructions: 400e9, maxExecutionSeconds },
  });

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries++) {
    assert.ok(tries < 800, 'it did not happen within 40 s');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe("the executor's child", () => {
  let cacheDir: string;
  let log: string[];
  const services: ExecutorService[] = [];

  function start(options: Partial<ExecutorServiceOptions> = {}): ExecutorService {
    log = [];
    const service = createExecutorService({ childPath, cacheDir, log: (line) => log.push(line), ...options });
    services.push(service);
    return service;
  }

  function pids(): number[] {
    return log.flatMap((line) => /\(pid (\d+)\)/.exec(line)?.[1] ?? []).map(Number);
  }

  before(() => {
    cacheDir = mkdtempSync(join(tmpdir(), 'executor-'));
  });
  afterEach(async () => {
    for (const service of services.splice(0)) await service[Symbol.asyncDispose]();
  });
  after(() => rmSync(cacheDir, { recursive: true, force: true }));

  it('starts at the first run and stays for the next', async () => {
    const service = start();
    assert.deepEqual(pids(), []);
    await service.run(hello);
    await service.run(hello);
    assert.equal(pids().length, 1);
  });

  it('stays when a run is stopped or times out', async function () {
    // There SIGINT can't be sent, so that a stop is a kill.
    if (process.platform === 'win32') this.skip();
    const service = start();
    await service.run(hang(0.1));
    const stop = new AbortController();
    await service.run(hang(), { onStdout: () => stop.abort() }, stop.signal);
    await service.run(hello);
    assert.equal(pids().length, 1);
  });

  it('has a state: starting, ready, resting after a while without runs, crashed', async function () {
    if (process.platform === 'win32') this.skip();
    const states: string[] = [];
    const service = start({ idleMs: 100, onState: (state) => states.push(state) });
    await service.run(hello);
    await until(() => states.length === 3);
    assert.deepEqual(states, ['starting', 'ready', 'resting']);
    let printed = false;
    const run = service.run(hang(), { onStdout: () => (printed = true) });
    await until(() => printed);
    process.kill(pids().at(-1)!, 'SIGKILL');
    assert.equal((await run).error!.code, 'executor-crashed');
    await until(() => states.includes('crashed'));
    assert.deepEqual(states.slice(0, 6), ['starting', 'ready', 'resting', 'starting', 'ready', 'crashed']);
  });

  it('is ended after a while without runs, and comes back', async () => {
    const service = start({ idleMs: 50 });
    await service.run(hello);
    await until(() => log.some((line) => line.includes('ended')));
    assert.equal((await service.run(hello)).error, null);
    assert.equal(pids().length, 2);
  });

  it('ends with its owner, and so does the run that goes on', async () => {
    const service = start();
    const running = service.run(hang(), {
      onStdout: () => {
        void service[Symbol.asyncDispose]();
      },
    });
    const result = await running;
    assert.equal(result.error?.code, 'stopped');
    assert.equal(decodeUtf8(result.output), 'hello');
    await service[Symbol.asyncDispose]();
    assert.deepEqual(pids().filter(isRunning), []);
  });

  it('is killed where it does not answer a stop, as in a blocked system call', async function () {
    if (process.platform === 'win32') this.skip();
    const service = start();
    const stop = new AbortController();
    let stoppedAt = 0;
    const onStdout = () => {
      process.kill(pids().at(-1)!, 'SIGSTOP');
      stoppedAt = performance.now();
      stop.abort();
    };
    const result = await service.run(hang(), { onStdout }, stop.signal);
    assert.equal(result.error?.code, 'stopped');
    assert.equal(decodeUtf8(result.output), 'hello');
    assert.ok(performance.now() - stoppedAt < 2000);
    assert.equal((await service.run(hello)).error, null);
    assert.equal(pids().length, 2);
  });

  it('is killed where its watchdog does not end a run in time', async function () {
    if (process.platform === 'win32') this.skip();
    const service = start();
    const onStdout = () => process.kill(pids().at(-1)!, 'SIGSTOP');
    // On a busy machine it takes a while until the output is seen; the watchdog must not have come first.
    const result = await service.run(hang(4), { onStdout });
    assert.equal(result.error?.code, 'out-of-time');
    assert.equal(result.worker.billedFuel, 400e9);
    assert.equal(pids().length, 2, 'it was killed, and replaced at once');
    assert.equal((await service.run(hello)).error, null);
  });

  it('tells when it could not be started', async () => {
    const service = start({ nodePath: join(cacheDir, 'no-such-node') });
    const result = await service.run(hello);
    assert.equal(result.error?.code, 'executor-crashed');
    assert.match(result.error.message, /ENOENT/);
  });

  it('inherits no environment', async function () {
    if (process.platform !== 'linux') this.skip();
    process.env['WASI_WORKBENCH_TEST_SECRET'] = 'secret';
    try {
      await start().run(hello);
    } finally {
      delete process.env['WASI_WORKBENCH_TEST_SECRET'];
    }
    const environment = readFileSync(`/proc/${pids()[0]!}/environ`, 'utf8').split('\0');
    const names = environment.map((line) => line.split('=')[0]).filter((name) => name !== '');
    const allowed = [
      'ELECTRON_RUN_AS_NODE',
      'LD_LIBRARY_PATH',
      'NODE_CHANNEL_FD',
      'NODE_CHANNEL_SERIALIZATION_MODE',
    ];
    assert.deepEqual(
      names.filter((name) => !allowed.includes(name!)),
      [],
    );
  });

  it('ends when its parent is killed, also while a program keeps it busy', async function () {
    if (process.platform === 'win32') this.skip();
    const serviceModule = new URL('../../../../src/executor/process/service.ts', import.meta.url).href;
    const supportModule = new URL('../support.ts', import.meta.url).href;
    const script = `
      const { createExecutorService } = await import(${JSON.stringify(serviceModule)});
      const { endlessLoop, preview1Program, print, requestFor } = await import(${JSON.stringify(supportModule)});
      const service = createExecutorService({
        childPath: ${JSON.stringify(childPath)}, cacheDir: ${JSON.stringify(cacheDir)}, log: console.log,
      });
      await service.run(
        requestFor(preview1Program(print(1, 5) + endlessLoop, 'hello'), { limits: { maxInstructions: 400e9 } }),
        { onStdout: () => console.log('running') },
      );`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    parent.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    await until(() => said.includes('running'));
    const pid = Number(/\(pid (\d+)\)/.exec(said)?.[1]);
    assert.ok(isRunning(pid));
    parent.kill('SIGKILL');
    await once(parent, 'exit');
    await until(() => !isRunning(pid));
  });
});
