import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { cacheDir, root } from '../../../../../scripts/lib/places.mjs';
import { createCoreEngine } from '../../../../../src/executor/engine/createEngine.ts';
import { execute, type RunReport } from '../../../../../src/executor/execute.ts';
import { defaultNetwork, type NetworkOptions } from '../../../../../src/shared/network.ts';
import type { RunOptions } from '../../../../../src/shared/runRequest.ts';
import { requestFor } from '../../support.ts';

export const caFile = join(root, 'test', 'fixtures', 'http', 'tls', 'ca.pem');
const crate = join(root, 'test', 'fixtures', 'http');
const targetDir = join(cacheDir, 'fixtures-target', 'http');
const target = 'wasm32-wasip2';
let built: Promise<unknown> | null = null;

/** One of the fixture's programs. */
export async function httpProgram(name: string): Promise<Uint8Array> {
  built ??= promisify(execFile)('cargo', ['build', '--release', '--quiet', '--target', target], {
    cwd: crate,
    env: { ...process.env, CARGO_TARGET_DIR: targetDir },
  });
  await built;
  return readFile(join(targetDir, target, 'release', `${name}.wasm`));
}

export interface Servers extends AsyncDisposable {
  readonly http: number;
  readonly https: number;
  /** Speaks no HTTP. */
  readonly raw: number;
  /** Takes connections, and says nothing. */
  readonly mute: number;
  /** Requests that have arrived so far. */
  readonly arrived: () => number;
  /** Connections that are open, of the one for HTTP. */
  readonly open: () => number;
}

export async function startServers(): Promise<Servers> {
  const counter = new SharedArrayBuffer(8);
  const worker = new Worker(new URL('./servers.ts', import.meta.url), { workerData: counter });
  const [ports] = (await once(worker, 'message')) as [Pick<Servers, 'http' | 'https' | 'raw' | 'mute'>];
  return {
    ...ports,
    arrived: () => Atomics.load(new Int32Array(counter), 0),
    open: () => Atomics.load(new Int32Array(counter), 1),
    [Symbol.asyncDispose]: async () => {
      await worker.terminate();
    },
  };
}

/** What the tests of a `describe` need; there while they run. */
export interface HttpFixture {
  /** Sends the requests that it is told to, see {@link asking}. */
  readonly program: Uint8Array;
  readonly servers: Servers;
}

/** Builds the program and starts the servers before the tests of a `describe`, which get time for that. */
export function httpFixture(suite: Mocha.Suite): HttpFixture {
  let program: Uint8Array | undefined;
  let servers: Servers | undefined;
  suite.timeout(300_000);
  before(async () => {
    [servers, program] = await Promise.all([startServers(), httpProgram('request')]);
  });
  after(() => servers?.[Symbol.asyncDispose]());
  return {
    get program() {
      return program!;
    },
    get servers() {
      return servers!;
    },
  };
}

export interface HttpRun {
  readonly report: RunReport;
  readonly stdout: string;
}

/** Runs a program of the fixture with a network whose names the tests' resolver knows. */
export async function runHttp(
  program: Uint8Array,
  input: string,
  network: Partial<NetworkOptions> = {},
  maxExecutionSeconds = 60,
  options: Partial<RunOptions> = {},
): Promise<HttpRun> {
  const out: Buffer[] = [];
  const request = requestFor(program, {
    input,
    limits: { maxExecutionSeconds, maxInstructions: 100e9 },
    options: { target, network: { ...defaultNetwork, ...network }, ...options },
  });
  const report = await execute(request, {
    stdout: (bytes) => out.push(Buffer.from(bytes)),
    stderr: (bytes) => out.push(Buffer.from(bytes)),
    httpWorker: new URL('./testHttpWorker.ts', import.meta.url),
    createEngine: createCoreEngine,
  });
  return { report, stdout: Buffer.concat(out).toString() };
}

export interface Asked {
  readonly method?: string;
  readonly scheme?: string;
  readonly authority: string;
  readonly path?: string;
  readonly timeouts?: readonly [connect: number, firstByte: number, betweenBytes: number];
  readonly bodyBytes?: number;
  /** The body itself, in place of so many bytes. */
  readonly body?: string;
  readonly headers?: readonly string[];
  /** Of the request, as `name: value`. */
  readonly trailers?: readonly string[];
}

/** The input that has the fixture's `request` send these, one after the other. */
export function asking(...requests: readonly Asked[]): string {
  return requests
    .map(({ method = 'GET', scheme = 'http', authority, path = '/hello', ...more }) => {
      const { timeouts = [0, 0, 0], bodyBytes = 0, body = bodyBytes, headers = [], trailers = [] } = more;
      const fields = [...headers, ...trailers.map((trailer) => `trailer ${trailer}`)];
      return [method, scheme, authority, path, timeouts.join(' '), body, ...fields].join('\n');
    })
    .join('\n\n');
}
