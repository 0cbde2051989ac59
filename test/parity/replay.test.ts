import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureOracles } from '../../scripts/lib/oracles.mjs';
import { examplesDir, examplesTargetDir } from '../../scripts/lib/places.mjs';
import { workerEnvironment } from '../../src/executor/host/worker/environment.ts';
import { readMocks } from '../../src/mocks/readMocks.ts';
import type { Cassette } from '../../src/shared/cassette.ts';
import { localOutlayer } from '../../src/shared/outlayer.ts';
import type { RunOptions, RunRequest } from '../../src/shared/runRequest.ts';
import { encodeUtf8 } from '../../src/shared/text.ts';
import { Oracle } from '../conformance/oracle.ts';
import {
  type Asked,
  asking,
  caFile,
  httpProgram,
  runHttp,
  type Servers,
  startServers,
} from '../unit/executor/host/http/http.ts';

const redaction = { headers: [], secrets: [] };

/** What is asked of a server; its answers come in whatever pieces they come in. */
const exchanges: Readonly<Record<string, Omit<Asked, 'authority'>>> = {
  'chunks that come slowly': { path: '/slow' },
  'trailers of a response': { path: '/trailers' },
  'trailers of a request': {
    method: 'POST',
    path: '/trailers-back',
    body: 'some text',
    headers: ['trailer: x-sum'],
    trailers: ['x-sum: 42'],
  },
  'headers that repeat': { path: '/headers', headers: ['x-one: a', 'x-one: b'] },
  '10 MB down': { path: '/huge' },
  '10 MB up': { method: 'POST', path: '/count', bodyBytes: 10 << 20 },
  'a length that the body has': {
    method: 'POST',
    path: '/count',
    bodyBytes: 5000,
    headers: ['content-length: 5000'],
  },
  'a body that is cut off': { path: '/cut' },
  'a server that hangs up': { path: '/hang-up' },
  'a server that never answers': { path: '/silent' },
  'a first byte that is late': { path: '/silent', timeouts: [0, 100, 0] },
  'bytes that are late': { path: '/stalls', timeouts: [0, 0, 100] },
};

/**
 * wasmtime 28 is given what was recorded, in the same pieces, by a `send_request` of the test host's. There all of it is
 * at hand at once; so the replays that it is held against leave out how long things took, which is the host's affair
 * and not the fuel pass's.
 */
describe('replayed runs against wasmtime 28 fed the same bytes in the same chunks', function () {
  this.timeout(1_200_000); // the fixture and the oracle may have to be built
  const folder = mkdtempSync(join(tmpdir(), 'replayed é '));
  let oracle: Oracle;
  let servers: Servers;

  before(async () => {
    oracle = new Oracle((await ensureOracles())['wasmtime-28-p2']);
    servers = await startServers();
  });
  after(async () => {
    oracle[Symbol.dispose]();
    await servers[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  });

  interface Taped {
    /** What else the cassette is made to say. */
    readonly change?: (cassette: Cassette) => Cassette;
    readonly options?: Partial<RunOptions>;
    readonly env?: RunRequest['env'];
    /** How often wasmtime is asked at most until it has the same fuel. */
    readonly asks?: number;
  }

  /** Records, replays here and there, and holds the two against each other; returns what was printed. */
  async function same(
    program: Uint8Array,
    input: string,
    { change = (cassette) => cassette, options = {}, env = [], asks = 1 }: Taped = {},
  ): Promise<string> {
    const record = { mode: 'record', redaction } as const;
    const recorded = await runHttp(program, input, { allowLocal: true, caFile }, 60, {
      ...options,
      tape: record,
    });
    assert.equal(recorded.report.error, null, `${recorded.report.error?.message} ${recorded.stdout}`);
    const cassette = change({ ...recorded.report.recording!, timing: [] });
    const pieces = recorded.report.recording!.http.flatMap(({ response }) => response?.chunks ?? []);
    assert.ok(!pieces.includes(0), 'every piece has bytes');
    const replay = { mode: 'replay', cassette, redaction } as const;
    const replayed = await runHttp(program, input, { enabled: false }, 60, { ...options, tape: replay });

    const path = join(folder, 'cassette.json');
    writeFileSync(path, JSON.stringify(cassette));
    const modules = [{ name: 'program', bytes: program }];
    const asked = { name: 'program', kind: 'p2', modules, stdin: encodeUtf8(input), env } as const;
    const ask = async () => (await oracle.run(asked, [1e11], { cassette: path })).outcomes[0]!;
    let theirs = await ask();
    for (let n = 1; n < asks && theirs.fuel !== replayed.report.fuel; n++) theirs = await ask();
    assert.equal(theirs.kind, 'ok', theirs.detail ?? '');
    const printed = Buffer.from(theirs.stdout, 'base64').toString();
    assert.equal(replayed.stdout, printed);
    assert.equal(replayed.report.fuel, theirs.fuel);
    return printed;
  }

  for (const [what, asked] of Object.entries(exchanges)) {
    it(`${what}: the same output at the same fuel`, async () => {
      const program = await httpProgram('request');
      const printed = await same(program, asking({ authority: `near.test:${servers.http}`, ...asked }));
      assert.match(printed, /^(status \d+\n|error ErrorCode::)/);
    });
  }

  it('requests that the policy refuses', async () => {
    const [authority, other] = [`near.test:${servers.http}`, '169.254.169.254'];
    const printed = await same(await httpProgram('request'), asking({ authority }, { authority: other }));
    assert.match(printed, /InternalError\(Some\("destination blocked/);
  });

  it('the pieces count: other ones cost something else', async () => {
    const input = asking({ authority: `near.test:${servers.http}`, path: '/slow' });
    const record = { mode: 'record', redaction } as const;
    const program = await httpProgram('request');
    const recorded = await runHttp(program, input, { allowLocal: true }, 60, { tape: record });
    const [exchange] = recorded.report.recording!.http;
    assert.ok(exchange!.response!.chunks!.length > 1);
    const whole = { ...exchange!.response!, chunks: [35] };
    const cassette = { ...recorded.report.recording!, timing: [], http: [{ ...exchange!, response: whole }] };
    const tape = { mode: 'replay', cassette, redaction } as const;
    const inOne = await runHttp(program, input, { enabled: false }, 60, { tape });
    assert.equal(inOne.stdout, recorded.stdout);
    assert.notEqual(inOne.report.fuel, recorded.report.fuel);
  });

  it('pieces without bytes, as older cassettes have them, count for nothing', async () => {
    const input = asking({ authority: `near.test:${servers.http}`, path: '/slow' });
    const empty = (cassette: Cassette): Cassette => {
      const [exchange] = cassette.http;
      const response = { ...exchange!.response!, chunks: [7, 0, 7, 7, 0, 7, 7] };
      return { ...cassette, http: [{ ...exchange!, response }] };
    };
    await same(await httpProgram('request'), input, { change: empty });
  });

  // How often wstd looks whether it may write or read is a race within wasmtime, which has another fuel in one run of
  // 50, and in most with 10 MB up: that is left out.
  const kinds = ['json', 'chunked', 'down', 'redirect', 'cut', 'https'];
  const crates = {
    waki: [...kinds, 'up'],
    'wasi-http-client': [...kinds, 'up-small'],
    wstd: [...kinds, 'trailers'],
  };
  const paths: Readonly<Record<string, string>> = {
    chunked: 'slow',
    down: 'huge',
    up: 'count',
    'up-small': 'count',
  };
  for (const [crate, asked] of Object.entries(crates)) {
    it(`the crate ${crate}`, async () => {
      const lines = asked.map((kind) => {
        if (kind === 'https') return `https https://secure.test:${servers.https}/hello`;
        const path = kind === 'trailers' ? 'trailers-back' : (paths[kind] ?? kind);
        return `${kind} http://near.test:${servers.http}/${path}`;
      });
      const asks = crate === 'wstd' ? 10 : 1;
      const printed = await same(await httpProgram(crate), lines.join('\n'), { asks });
      assert.equal(printed.trimEnd().split('\n').length, asked.length);
    });
  }

  it('clocks and random numbers', async () => {
    const printed = await same(await httpProgram('readings'), '');
    assert.match(printed, /^\d+\.\d{9} \d+\n\[/);
  });

  it('calls of near:rpc', async () => {
    const target = 'wasm32-wasip2';
    execFileSync('cargo', ['build', '--release', '--quiet', '--locked', '--target', target], {
      cwd: join(examplesDir, 'near-greeting'),
      env: { ...process.env, CARGO_TARGET_DIR: examplesTargetDir },
    });
    const program = readFileSync(join(examplesTargetDir, target, 'release', 'near-greeting.wasm'));
    const run = { ...localOutlayer, rpcUrl: 'https://rpc.testnet.near.org' };
    const mocks = await readMocks(join(examplesDir, 'near-greeting', '.wasi-workbench', 'mocks.json'));
    const limits = { maxInstructions: 100e9, maxMemoryMb: 128, maxExecutionSeconds: 60 };
    const printed = await same(program, '{"contract":"hello.near-examples.testnet"}', {
      options: { mocks, outlayer: { provided: true, run } },
      env: workerEnvironment([], run, limits),
    });
    assert.equal(printed, '{"greeting":"Hello"}');
  });
});
