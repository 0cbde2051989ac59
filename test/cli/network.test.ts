import assert from 'node:assert/strict';
import { once } from 'node:events';
import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { cacheDir, root } from '../../scripts/lib/places.mjs';
import type { TapeReport } from '../../src/cassette/taping.ts';
import type { NetworkAttempt } from '../../src/shared/network.ts';
import { type Asked, asking } from '../unit/executor/host/http/http.ts';
import { buildGuest, cli, scratchFolder, startCli } from './cli.ts';

/** What `run --json` prints of a run that has attempts. */
interface Told {
  readonly output: string;
  readonly fuel: number;
  readonly network: readonly NetworkAttempt[];
  readonly tape?: TapeReport;
}

/** A server on loopback that counts what reaches it, and answers another text each time. */
async function startServer() {
  let arrived = 0;
  const server = createServer((request, response) => {
    request.resume();
    response.end(`answer ${++arrived} to ${request.url}`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    authority: `127.0.0.1:${port}`,
    arrived: () => arrived,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, 'close');
    },
  };
}

describe('wasi-workbench run: what comes from the network', function () {
  this.timeout(600_000); // the fixture is built with three crates of clients
  const folder = scratchFolder();
  const program = join(folder.path, 'request é.wasm');
  before(async () => {
    const crate = join(root, 'test', 'fixtures', 'http');
    const args = ['build', crate, '--bin', 'request', '--target', 'wasm32-wasip2', '--quiet'];
    const env = { CARGO_TARGET_DIR: join(cacheDir, 'fixtures-target', 'http') };
    const built = await cli(args, { env });
    assert.equal(built.code, 0, built.stderr);
    copyFileSync(built.stdout.toString().trimEnd(), program);
  });
  after(() => folder[Symbol.dispose]());

  const run = (input: string, options: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    cli(['run', program, '--input', input, ...options], { env });
  async function told(...of: Parameters<typeof run>): Promise<Told> {
    const { stdout, stderr } = await run(of[0], [...of[1], '--json'], of[2]);
    assert.equal(stderr, '');
    return JSON.parse(stdout.toString()) as Told;
  }

  it('is recorded once and replayed without its server: the same output at the same fuel', async () => {
    const server = await startServer();
    const input = asking({ authority: server.authority }, { authority: server.authority, path: '/other' });
    const recorded = await told(input, ['--allow-local', '--record']);
    assert.match(recorded.output, /answer 1 to \/hello[^]*answer 2 to \/other/);
    await server[Symbol.asyncDispose]();

    const replayed = await told(input, ['--replay']);
    assert.equal(replayed.output, recorded.output);
    assert.equal(replayed.fuel, recorded.fuel);
    assert.equal(server.arrived(), 2);
    const kept = ({ host, method, status, bytes, allowed }: NetworkAttempt) => [
      host,
      method,
      status,
      bytes,
      allowed,
    ];
    assert.deepEqual(replayed.network.map(kept), recorded.network.map(kept));
    assert.deepEqual(
      [recorded, replayed].map(({ network }) => network.map(({ source }) => source)),
      [
        ['network', 'network'],
        ['cassette', 'cassette'],
      ],
    );
    const cassette = `${program}.cassette.json`;
    const note = `Replayed from ${cassette}, without a network.`;
    assert.deepEqual(replayed.tape, { mode: 'replay', cassette, note, warning: null });
    assert.match(recorded.tape!.note, /^Recorded 2 requests in .*\.cassette\.json\.$/);
    assert.match(
      (await run(input, ['--replay'])).stderr,
      new RegExp(`\\n {2}Replayed from .*, without a network\\.\\n$`),
    );
    const gone = await told(input, ['--allow-local']);
    assert.equal(gone.tape, undefined);
    assert.match(gone.output, /^error ErrorCode::ConnectionRefused/);
  });

  it('tells a replay of another program than was recorded', async () => {
    const other = await buildGuest('wasm32-wasip2');
    const args = ['run', other, '--input', 'echo', `--replay=${program}.cassette.json`];
    const { stderr } = await cli(args);
    assert.match(
      stderr,
      /\n {2}Replayed from .*\n {2}! This was recorded from another program, request é: .*Record it again\./,
    );
  });

  it('is refused before anything is built or run where it can’t be kept', async () => {
    const missing = join(folder.path, 'nope', 'x.json');
    for (const args of [
      ['run', program],
      ['test', join(root, 'examples', 'visit-counter'), '--case', 'a visit'],
    ]) {
      const { code, stdout, stderr } = await cli([...args, `--record=${missing}`]);
      assert.deepEqual([code, stdout.length], [2, 0]);
      assert.match(
        stderr,
        /^✗ The cassette .*x\.json can't be written\.\n {2}.*nope is no folder\.\n {2}→ Name a file in a folder/,
      );
    }
    const { stderr } = await cli(['run', program, `--record=${folder.path}`]);
    assert.match(stderr, /It is a folder/);
    assert.equal(existsSync(join(folder.path, 'nope')), false);
  });

  it('is named with an equals sign, which an error says', async () => {
    for (const mode of ['record', 'replay']) {
      const { code, stderr } = await cli(['run', program, `--${mode}`, 'kept.json']);
      assert.equal(code, 2);
      assert.match(stderr, new RegExp(`--${mode}=kept\\.json`));
    }
  });

  it('fails by name, with the nearest, where it is not in the cassette', async () => {
    const { url } = recordedRequests(`${program}.cassette.json`)[0]!;
    const asked = asking({ authority: new URL(url).host, path: '/hallo' });
    const { output, network } = await told(asked, ['--replay']);
    const words = `GET ${url.replace('hello', 'hallo')} is not in the cassette; the nearest there is: GET ${url}`;
    assert.equal(network[0]!.reason, words);
    assert.ok(output.startsWith('error ErrorCode::InternalError'), output);
    assert.ok(output.includes(words), output);
  });

  it('is kept without the values of secrets and of headers that hold credentials', async () => {
    await using server = await startServer();
    const file = join(folder.path, 'secret.json');
    const [secret, key] = ['hunter2 & "friends"', 'k-98765-redact'];
    const headers = [`x-token: ${secret}`, `x-own: ${key}`, `authorization: Bearer ${key}`];
    const input = asking({ authority: server.authority, headers, path: '/?q=hunter2%20%26%20%22friends%22' });
    const options = ['--secret', 'TOKEN', '--redact-header', 'X-Own'];
    const env = { TOKEN: secret };
    const recorded = await told(input, [...options, '--allow-local', `--record=${file}`], env);
    const text = readFileSync(file, 'utf8');
    for (const leak of ['hunter2', 'friends', key]) assert.ok(!text.includes(leak), leak);
    assert.match(text, /\{\{secret:TOKEN\}\}/);
    const replayed = await told(input, [...options, `--replay=${file}`], env);
    assert.deepEqual([replayed.output, replayed.fuel], [recorded.output, recorded.fuel]);
    assert.match(recorded.output, /answer 1 to \/\?q=hunter2/);
  });

  it('is kept without a body that hides a secret, which record and replay say', async () => {
    const server = createServer((_, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end(gzipSync('{"token":"hunter2-hunter2"}'));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const file = join(folder.path, 'encoded.json');
    const input = asking({ authority: `127.0.0.1:${(server.address() as AddressInfo).port}` });
    const env = { TOKEN: 'hunter2-hunter2' };
    const recording = ['--secret', 'TOKEN', '--allow-local', `--record=${file}`];
    const { stderr } = await run(input, recording, env);
    server.close();
    assert.match(
      stderr,
      /\n {2}! The body of GET .* was not kept: its content-encoding, gzip, hides the secret TOKEN\..*identity/,
    );
    const { network } = await told(input, ['--secret', 'TOKEN', `--replay=${file}`], env);
    assert.match(network[0]!.reason ?? '', /^the cassette does not have the body of GET .*, gzip, hides/);
  });

  it('comes from the rules of --mock, failures too', async () => {
    const file = join(folder.path, 'mocks.json');
    const rules = [
      { when: { url: 'http://api.test/busy' }, then: { status: 503, headers: { 'retry-after': '7' } } },
      { when: { method: 'POST' }, then: { fail: 'connection-timeout' } },
      { when: { url: '*/none' }, then: { fail: 'DNS-error' } },
    ];
    writeFileSync(file, JSON.stringify({ rules }));
    const to = (asked: Partial<Asked>) => ({ authority: 'api.test', ...asked });
    const input = asking(to({ path: '/busy' }), to({ method: 'POST' }), to({ path: '/none' }), to({}));
    const { output, network } = await told(input, ['--mock', file, '--no-network']);
    assert.match(output, /^status 503\nretry-after: 7\n/);
    assert.deepEqual(output.match(/ErrorCode::\w+/g), [
      'ErrorCode::ConnectionTimeout',
      'ErrorCode::DnsError',
      'ErrorCode::InternalError',
    ]);
    assert.match(network[3]!.reason ?? '', /GET http:\/\/api\.test\/hello/);
    assert.deepEqual(
      network.map(({ source }) => source),
      ['mock', 'mock', 'mock', 'none'],
    );
  });

  it('is refused on this machine unless it is allowed', async () => {
    await using server = await startServer();
    const input = asking({ authority: server.authority });
    const { network } = await told(input, []);
    assert.equal(network[0]!.allowed, false);
    assert.match(network[0]!.reason ?? '', /internal\/private\/link-local/);
    assert.equal(server.arrived(), 0);
  });
});

interface RecordedRequest {
  readonly url: string;
}

function recordedRequests(file: string): readonly RecordedRequest[] {
  const { http } = JSON.parse(readFileSync(file, 'utf8')) as { http: { request: RecordedRequest }[] };
  return http.map(({ request }) => request);
}

describe('wasi-workbench run: scratch folders', () => {
  let guest: string;
  const folder = scratchFolder();
  before(async () => (guest = await buildGuest('wasm32-wasip2')));
  after(() => folder[Symbol.dispose]());

  // Where this test alone has its temporary files.
  const env = { TMPDIR: folder.path, TEMP: folder.path, TMP: folder.path };
  const scratches = () => readdirSync(folder.path).filter((name) => name.includes('scratch'));
  const writeTo = async (paths: readonly string[], ...options: string[]) => {
    const input = ['write-to', ...paths].join('\n');
    const { stdout, stderr } = await cli(['run', guest, '--input', input, '--quiet', ...options], { env });
    assert.equal(stderr, '');
    assert.deepEqual(scratches(), []);
    return stdout.toString().trimEnd().split('\n');
  };

  it('--scratch gives one that can be written, and nothing else', async () => {
    const paths = ['/data/made.txt', '/data/../made.txt', 'made.txt', '/tmp/made.txt'];
    assert.deepEqual(await writeTo(paths, '--scratch', '/data'), [
      '/data/made.txt: written',
      '/data/../made.txt: refused',
      'made.txt: refused',
      '/tmp/made.txt: refused',
    ]);
    assert.deepEqual(await writeTo(['/data/made.txt', 'made.txt']), [
      '/data/made.txt: refused',
      'made.txt: refused',
    ]);
  });

  it('the OutLayer worker’s view gives one as `.`, and no /tmp', async () => {
    const paths = ['made.txt', './again.txt', '../made.txt', '/tmp/made.txt'];
    assert.deepEqual(await writeTo(paths, '--profile-kind', 'outlayer'), [
      'made.txt: written',
      './again.txt: written',
      '../made.txt: refused',
      '/tmp/made.txt: refused',
    ]);
  });

  it('a folder of --read-dir can be read, and not changed', async () => {
    const options = ['--read-dir', `${folder.path}::/data`, '--scratch', '/own'];
    assert.deepEqual(await writeTo(['/data/made.txt', '/own/made.txt'], ...options), [
      '/data/made.txt: refused',
      '/own/made.txt: written',
    ]);
    assert.equal(existsSync(join(folder.path, 'made.txt')), false);
  });

  it('is deleted after a run that was ended, too', async () => {
    const limits = ['--max-seconds', '4', '--max-instructions', '9007199254740991'];
    const child = startCli(['run', guest, '--input', 'loop', '--quiet', '--scratch', '/data', ...limits], {
      env,
    });
    child.stdin.end();
    let seen = 0;
    const look = setInterval(() => (seen = Math.max(seen, scratches().length)), 20);
    const [code] = (await once(child, 'close')) as [number | null];
    clearInterval(look);
    assert.deepEqual([code, seen, scratches()], [1, 1, []]);
  });
});
