import assert from 'node:assert/strict';
import type { Cassette, Redaction } from '../../../../../src/shared/cassette.ts';
import {
  type Asked,
  asking,
  caFile,
  httpProgram,
  type HttpRun,
  runHttp,
  startServers,
} from '../http/http.ts';

const redaction: Redaction = { headers: [], secrets: [] };

/** Through JSON, as a file would hold it. */
function kept(cassette: Cassette | null): Cassette {
  return JSON.parse(JSON.stringify(cassette)) as Cassette;
}

async function record(program: Uint8Array, input: string, more: Partial<Redaction> = {}): Promise<HttpRun> {
  const tape = { mode: 'record', redaction: { ...redaction, ...more } } as const;
  return runHttp(program, input, { allowLocal: true, caFile }, 60, { tape });
}

/** With a network that is closed: nothing gets out, whatever the cassette lacks. */
async function replay(program: Uint8Array, input: string, cassette: Cassette, more: Partial<Redaction> = {}) {
  const tape = { mode: 'replay', cassette, redaction: { ...redaction, ...more } } as const;
  return runHttp(program, input, { enabled: false }, 60, { tape });
}

describe('record and replay of wasi:http', function () {
  this.timeout(300_000);
  let program: Uint8Array;
  before(async () => {
    program = await httpProgram('request');
  });

  /** Records against servers, which are gone when it is replayed. */
  async function bothRuns(wasm: Uint8Array, input: (http: number, https: number) => string) {
    await using servers = await startServers();
    const text = input(servers.http, servers.https);
    const recorded = await record(wasm, text);
    await servers[Symbol.asyncDispose]();
    const cassette = kept(recorded.report.recording);
    return { text, cassette, recorded, replayed: await replay(wasm, text, cassette) };
  }

  function same({ recorded, replayed }: { recorded: HttpRun; replayed: HttpRun }): void {
    assert.equal(replayed.stdout, recorded.stdout);
    assert.equal(replayed.report.fuel, recorded.report.fuel);
    assert.deepEqual(replayed.report.error, recorded.report.error);
    const told = ({ report }: HttpRun) =>
      report.network.map(({ host, method, status, bytes, allowed, reason }) => {
        return { host, method, status, bytes, allowed, reason };
      });
    assert.deepEqual(told(replayed), told(recorded));
  }

  const kinds: [what: string, asked: (http: number, https: number) => Partial<Asked>][] = [
    ['a plain answer', () => ({})],
    ['a body that is sent', () => ({ method: 'POST', path: '/echo', bodyBytes: 5000 })],
    ['10 MB there and back', () => ({ method: 'POST', path: '/echo-later', bodyBytes: 10 << 20 })],
    ['10 MB down', () => ({ path: '/huge' })],
    ['chunks that come slowly', () => ({ path: '/slow' })],
    ['trailers', () => ({ path: '/trailers' })],
    [
      'trailers that are sent',
      () => ({
        method: 'POST',
        path: '/trailers-back',
        body: 'text',
        headers: ['trailer: x-sum'],
        trailers: ['x-sum: 42'],
      }),
    ],
    ['a redirect', () => ({ path: '/redirect' })],
    ['a body that is cut off', () => ({ path: '/cut' })],
    ['a server that hangs up', () => ({ path: '/hang-up' })],
    ['a server that never answers', () => ({ path: '/silent' })],
    ['HTTPS', (_, https) => ({ scheme: 'https', authority: `secure.test:${https}` })],
    ['an address that is refused', () => ({ authority: '169.254.169.254' })],
    ['a name that does not exist', () => ({ authority: 'none.test' })],
  ];
  for (const [what, asked] of kinds) {
    it(`${what}: the same output at the same fuel, without its server`, async () => {
      const runs = await bothRuns(program, (http, https) =>
        asking({ authority: `near.test:${http}`, ...asked(http, https) }),
      );
      same(runs);
      assert.equal(runs.cassette.http.length, 1);
      assert.equal(runs.recorded.report.network[0]!.source, what.includes('refused') ? 'none' : 'network');
      assert.equal(runs.replayed.report.network[0]!.source, what.includes('refused') ? 'none' : 'cassette');
    });
  }

  it('a second time-out ends a replayed run as it did the recorded one', async () => {
    const runs = await bothRuns(program, (http) => {
      const silent = { authority: `near.test:${http}`, path: '/silent' };
      return asking(silent, silent);
    });
    same(runs);
    assert.equal(runs.replayed.report.error?.code, 'out-of-time');
  });

  for (const crate of ['waki', 'wstd', 'wasi-http-client']) {
    it(`the crate ${crate}`, async () => {
      const wasm = await httpProgram(crate);
      same(
        await bothRuns(wasm, (http, https) =>
          [
            `json http://near.test:${http}/json`,
            `chunked http://near.test:${http}/slow`,
            `down http://near.test:${http}/huge`,
            `cut http://near.test:${http}/cut`,
            `slow http://near.test:${http}/silent`,
            `https https://secure.test:${https}/hello`,
            ...(crate === 'wasi-http-client' ? [] : [`up http://near.test:${http}/count`]),
          ].join('\n'),
        ),
      );
    });
  }

  it('keeps the pieces in which a body arrived', async () => {
    const { cassette } = await bothRuns(program, (http) =>
      asking({ authority: `near.test:${http}`, path: '/slow' }),
    );
    assert.deepEqual(cassette.http[0]!.response?.chunks, [7, 7, 7, 7, 7]);
    assert.deepEqual(cassette.http[0]!.response.body, { text: 'part 0 part 1 part 2 part 3 part 4 ' });
  });

  it('fails a request that is not in the cassette by name, with the nearest that is', async () => {
    const { cassette, text } = await bothRuns(program, (http) =>
      asking({ authority: `near.test:${http}` }, { authority: `near.test:${http}`, path: '/slow' }),
    );
    const [url] = cassette.http.map(({ request }) => request.url);
    const other = await replay(program, text.replace('/hello', '/hullo'), cassette);
    const words = `GET ${url!.replace('hello', 'hullo')} is not in the cassette; the nearest there is: GET ${url}`;
    assert.equal(other.report.network[0]!.reason, words);
    assert.match(other.stdout, /^error ErrorCode::InternalError\(Some\("GET .* is not in the cassette/);
    assert.equal(other.report.network[1]!.status, 200);
    const again = await replay(program, `${text}\n\n${text}`, cassette);
    assert.match(again.report.network[2]!.reason ?? '', /is not in the cassette once more/);
  });

  it('knows requests by their bodies', async () => {
    const { cassette, text } = await bothRuns(program, (http) =>
      asking({ authority: `near.test:${http}`, method: 'POST', path: '/echo', bodyBytes: 100_000 }),
    );
    const other = await replay(program, text.replace('100000', '100001'), cassette);
    assert.match(other.report.network[0]!.reason ?? '', /is not in the cassette with this body/);
  });

  it('takes out credentials by header and by value, and puts values back', async () => {
    await using servers = await startServers();
    const secret = 'pass word&"x';
    const input = asking({
      authority: `near.test:${servers.http}`,
      method: 'POST',
      path: '/headers',
      headers: [`authorization: Bearer 12345`, `x-custom: ${secret}`, 'x-mine: abcdef'],
    });
    const more = { headers: ['X-Mine'], secrets: [['TOKEN', secret] as const] };
    const recorded = await record(program, input, more);
    const text = JSON.stringify(recorded.report.recording);
    for (const leak of ['12345', 'pass word', 'abcdef', encodeURIComponent(secret), 'a=1']) {
      assert.ok(!text.slice(0, text.indexOf('"response"')).includes(leak), leak);
    }
    assert.ok(!text.includes('pass word'));
    assert.match(text, /\{\{secret:TOKEN\}\}/);
    const replayed = await replay(program, input, kept(recorded.report.recording), more);
    assert.equal(replayed.report.fuel, recorded.report.fuel);
    // The server's cookies, whose values are gone.
    assert.equal(replayed.stdout, recorded.stdout.replaceAll(/set-cookie: .../g, 'set-cookie: ***'));
  });

  describe('of bodies with a content-encoding', () => {
    const secret = 'tok-4711-xyzzy';
    const more = { secrets: [['TOKEN', secret] as const] };
    const encoded = (http: number, coding: string, body: string) =>
      asking({
        authority: `near.test:${http}`,
        method: 'POST',
        path: '/encoded',
        headers: [`accept-encoding: ${coding}`],
        body,
      });

    /** Records an encoded answer, and replays it once its server is gone. */
    async function both(coding: string, body: string) {
      await using servers = await startServers();
      const input = encoded(servers.http, coding, body);
      const recorded = await record(program, input, more);
      await servers[Symbol.asyncDispose]();
      const cassette = kept(recorded.report.recording);
      return { recorded, cassette, replayed: await replay(program, input, cassette, more) };
    }

    for (const coding of ['gzip', 'deflate', 'br', 'zstd']) {
      it(`${coding}: one that holds a secret is not kept, which its replay says`, async () => {
        const { recorded, cassette, replayed } = await both(coding, `{"token":"${secret}"}`);
        assert.match(recorded.stdout, /\nbody \d+ \d+ closed\n/);
        const { response } = cassette.http[0]!;
        assert.equal(response!.body, undefined);
        const why = `its content-encoding, ${coding}, hides the secret TOKEN`;
        assert.equal(response!.withheld, why);
        const head = recorded.stdout.slice(0, recorded.stdout.indexOf('\nbody '));
        assert.ok(
          replayed.stdout.startsWith(`${head}\nbody 0 0 Some(ErrorCode::InternalError`),
          replayed.stdout,
        );
        const { status, reason } = replayed.report.network[0]!;
        assert.equal(status, 200);
        assert.match(
          reason ?? '',
          new RegExp(
            `^the cassette does not have the body of POST http://near\\.test:\\d+/encoded: ${why}\\. ` +
              'Have the program ask for it with “accept-encoding: identity”, and record it again\\.$',
          ),
        );
      });

      it(`${coding}: one without a secret is kept as it came: the same output at the same fuel`, async () => {
        const runs = await both(coding, '{"token":"none"}'.repeat(50));
        same(runs);
        assert.deepEqual(Object.keys(runs.cassette.http[0]!.response!.body!), ['base64']);
      });
    }

    it('one that nobody here can decode is not kept where there are secrets', async () => {
      const { cassette } = await both('rot13', `{"gbxra":"${secret}"}`);
      assert.equal(
        cassette.http[0]!.response!.withheld,
        "its content-encoding, rot13, can't be undone (rot13 is not known), and may hide a secret",
      );
    });

    it('as it is, which is what helps: the secret is taken out and put back', async () => {
      const runs = await both('identity', `{"token":"${secret}"}`);
      same(runs);
      assert.deepEqual(runs.cassette.http[0]!.response!.body, { text: '{"token":"{{secret:TOKEN}}"}' });
    });
  });
});
