import assert from 'node:assert/strict';
import { asking, caFile, httpProgram, type HttpRun, runHttp, type Servers, startServers } from './http.ts';

const large = 10 << 20;

/** As the programs compute it. */
function digest(byteAt: (at: number) => number): string {
  let hash = 0;
  for (let at = 0; at < large; at++) hash = (Math.imul(hash, 31) + byteAt(at)) | 0;
  return `${large} ${(hash >>> 0).toString(16).padStart(8, '0')}`;
}
const sent = digest((at) => at % 251);
const received = digest((at) => 'abcdefgh'.charCodeAt(at % 8));
const json = '{"as":"application/json","got":{"name":"Zoë","numbers":[1,2.5]}}';

/** What a crate's program prints of each kind of request; the same for all unless the crate can't do it. */
const common: Readonly<Record<string, string | RegExp>> = {
  json: `json 200 ${json}`,
  up: `up 200 ${sent}`,
  down: `down 200 ${received}`,
  https: 'https 200 hello',
  chunked: 'chunked 200 part 0 part 1 part 2 part 3 part 4 ',
  redirect: 'redirect 302 http://127.0.0.1/secret',
  // These don't ask which code it was.
  cut: /^cut failed: .*LastOperationFailed/,
  'hang-up': /^hang-up failed: .*ConnectionTerminated/,
  // The host's own time-out, where a crate has none for the first byte.
  slow: /^slow failed: .*ConnectionTimeout/,
};

const paths: Readonly<Record<string, string>> = {
  json: '/json',
  up: '/count',
  'up-small': '/count',
  down: '/huge',
  https: '/hello',
  chunked: '/slow',
  redirect: '/redirect',
  cut: '/cut',
  'hang-up': '/hang-up',
  slow: '/silent',
  trailers: '/trailers-back',
};

const crates: Readonly<Record<string, Readonly<Record<string, string | RegExp>>>> = {
  waki: common,
  wstd: {
    ...common,
    cut: /^cut failed: .*ErrorCode::HttpResponseIncomplete/,
    // It gives the host a time of its own.
    slow: /^slow failed: .*ConnectionReadTimeout/,
    trailers: 'trailers 200 ["x-sum","42"]',
  },
  'wasi-http-client': {
    ...common,
    // It writes a body at once, where the interface takes 4,096 bytes: wasmtime ends such a program too.
    up: /Buffer too large for blocking-write-and-flush/,
    'up-small': /^up-small 200 4096 /,
  },
};

describe('crates of HTTP clients against real servers', function () {
  this.timeout(300_000);
  let servers: Servers;
  before(async () => {
    servers = await startServers();
  });
  after(() => servers[Symbol.asyncDispose]());

  const urlOf = (kind: string): string =>
    kind === 'https'
      ? `https://secure.test:${servers.https}/hello`
      : `http://near.test:${servers.http}${paths[kind]}`;

  async function ask(crate: string, kinds: readonly string[]): Promise<HttpRun> {
    const input = kinds.map((kind) => `${kind} ${urlOf(kind)}\n`).join('');
    return runHttp(await httpProgram(crate), input, { allowLocal: true, caFile });
  }

  for (const [crate, expected] of Object.entries(crates)) {
    for (const [kind, line] of Object.entries(expected)) {
      it(`${crate}: ${kind}`, async () => {
        const { stdout, report } = await ask(crate, [kind]);
        const ended = `${stdout}${report.error?.message ?? ''} ${report.error?.cause ?? ''}`;
        if (typeof line === 'string') assert.equal(stdout, `${line}\n`, ended);
        else assert.match(ended, line);
        if (stdout.startsWith(`${kind} `)) assert.equal(report.error, null, ended);
      });
    }

    it(`${crate}: one request after the other, in one run`, async () => {
      const kinds = ['json', 'redirect', 'chunked', 'cut', 'https', 'json'];
      const { stdout, report } = await ask(crate, kinds);
      assert.equal(report.error, null, stdout);
      const lines = stdout.trimEnd().split('\n');
      assert.deepEqual(
        lines.map((line) => line.split(' ')[0]),
        kinds,
      );
      assert.equal(lines[5], lines[0]);
      assert.equal(report.network.length, kinds.length);
    });
  }

  // The rest of what the `wasi` crate does is in exchange.test.ts.
  it('the wasi crate: json', async () => {
    const body = '{"name":"Zoë","numbers":[1,2.5]}';
    const asked = { authority: `near.test:${servers.http}`, method: 'POST', path: '/json', body };
    const input = asking({ ...asked, headers: ['content-type: application/json'] });
    const { stdout } = await runHttp(await httpProgram('request'), input, { allowLocal: true });
    assert.match(stdout, /\n\{"got":\{"name":"Zoë","numbers":\[1,2\.5\]\},"as":"application\/json"\}\n/);
  });
});
