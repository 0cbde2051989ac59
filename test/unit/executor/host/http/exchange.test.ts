import assert from 'node:assert/strict';
import type { NetworkOptions } from '../../../../../src/shared/network.ts';
import { failures } from './failures.ts';
import { type Asked, asking, caFile, httpFixture, type HttpRun, runHttp } from './http.ts';

const tenMegabytes = 10 << 20;

describe('wasi:http against real servers', function () {
  const given = httpFixture(this);

  const near = (): string => `near.test:${given.servers.http}`;
  async function ask(asked: Partial<Asked>, network: Partial<NetworkOptions> = {}): Promise<HttpRun> {
    const input = asking({ authority: near(), ...asked });
    const run = await runHttp(given.program, input, { allowLocal: true, ...network });
    assert.equal(
      run.report.error,
      null,
      `${run.report.error?.message} ${run.report.error?.cause} ${run.stdout}`,
    );
    return run;
  }

  it('a GET: status, headers, body; recorded', async () => {
    const { stdout, report } = await ask({});
    assert.match(
      stdout,
      /^status 200\nx-method: GET\nx-transfer: none\n[^]*body 5 \d+ closed\nhello\nno trailers\n$/,
    );
    const [attempt, ...more] = report.network;
    assert.ok(attempt!.ms > 0);
    assert.deepEqual(
      [{ ...attempt, ms: 0 }, more],
      [
        {
          host: 'near.test',
          method: 'GET',
          status: 200,
          bytes: 5,
          ms: 0,
          allowed: true,
          reason: null,
          source: 'network',
        },
        [],
      ],
    );
  });

  it('headers both ways, repeated ones apart', async () => {
    const { stdout } = await ask({ path: '/headers', headers: ['X-One: a', 'x-one: b', 'accept: */*'] });
    assert.match(stdout, /set-cookie: a=1\nset-cookie: b=2\n/);
    assert.match(stdout, /"X-One","a","x-one","b","accept","\*\/\*"/i);
  });

  it('methods of any name, and a status that is no success', async () => {
    const { stdout } = await ask({ method: 'PURGE', path: '/x?y=1' });
    assert.match(stdout, /^status 404\n/);
  });

  it('10 MB there and back, streamed', async () => {
    const { stdout, report } = await ask({ method: 'POST', path: '/echo-later', bodyBytes: tenMegabytes });
    assert.match(stdout, new RegExp(`\nbody ${tenMegabytes} 404289550975762432 closed\n`));
    assert.equal(report.network[0]!.bytes, tenMegabytes);
  });

  it('a body of the length that its header says, and none of another', async () => {
    const right = await ask({
      method: 'POST',
      path: '/echo',
      bodyBytes: 5000,
      headers: ['content-length: 5000'],
    });
    assert.match(right.stdout, /\nbody 5000 \d+ closed\n/);
    const wrong = await ask({
      method: 'POST',
      path: '/echo',
      bodyBytes: 5000,
      headers: ['content-length: 6000'],
    });
    assert.match(wrong.stdout, /error finish ErrorCode::HttpRequestBodySize\(Some\(5000\)\)/);
  });

  it('10 MB down', async () => {
    assert.match((await ask({ path: '/huge' })).stdout, new RegExp(`\nbody ${tenMegabytes} \\d+ closed\n`));
  });

  it('chunks that come slowly, and trailers', async () => {
    assert.match((await ask({ path: '/slow' })).stdout, /part 0 part 1 part 2 part 3 part 4/);
    assert.match((await ask({ path: '/trailers' })).stdout, /\nsome text\ntrailer x-sum: 42\n/);
  });

  it('redirects, which are not followed', async () => {
    const { stdout, report } = await ask({ path: '/redirect' });
    assert.match(stdout, /^status 302\nlocation: http:\/\/127\.0\.0\.1\/secret\n/);
    assert.equal(report.network.length, 1);
  });

  it('HTTPS with an authority of one’s own, and not without it', async () => {
    const secure = { scheme: 'https', authority: `secure.test:${given.servers.https}` };
    assert.match((await ask(secure, { caFile })).stdout, /^status 200\n/);
    assert.equal((await ask(secure)).stdout, 'error ErrorCode::TlsCertificateError\n');
    const other = { scheme: 'https', authority: `other.test:${given.servers.https}` };
    assert.equal((await ask(other, { caFile })).stdout, 'error ErrorCode::TlsCertificateError\n');
    const missing = await ask(secure, { caFile: `${caFile}.missing` });
    assert.equal(missing.stdout, 'error ErrorCode::ConfigurationError\n');
    assert.match(missing.report.network[0]!.reason ?? '', /the CA file can't be read/);
  });

  for (const [what, asked, printed] of failures) {
    it(`${what}: told by its code, and recorded`, async () => {
      const { stdout, report } = await ask(asked(given.servers));
      assert.match(stdout, printed);
      assert.notEqual(report.network[0]!.reason, null);
      assert.equal(report.network[0]!.allowed, true);
    });
  }

  it('a second server that never answers ends the run, as a time-out', async () => {
    const asked = { authority: near(), path: '/silent' };
    const { stdout, report } = await runHttp(given.program, asking(asked, asked, { authority: near() }), {
      allowLocal: true,
    });
    assert.equal(stdout, 'error ErrorCode::ConnectionTimeout\n');
    assert.equal(report.error?.code, 'out-of-time');
    assert.match(report.error.message, /Two requests of the program had no response within 2 seconds/);
    assert.equal(report.worker.billedFuel, 100e9);
    assert.equal(report.network.length, 2);
  });

  it('the time limit of the run breaks into a wait', async () => {
    const { report } = await runHttp(
      given.program,
      asking({ authority: near(), path: '/stalls' }),
      { allowLocal: true },
      4,
    );
    assert.equal(report.error?.code, 'out-of-time');
    assert.equal(report.network[0]!.reason, 'the run ended first');
    assert.equal(report.network[0]!.bytes, 5);
  });

  it('a program whose network is closed runs, and is denied', async () => {
    const { stdout, report } = await ask({}, { enabled: false });
    assert.equal(stdout, 'error ErrorCode::HttpRequestDenied\n');
    assert.equal(report.network[0]!.reason, 'the network is closed to this run');
  });

  it('200 requests in one run', async () => {
    const before = given.servers.arrived();
    const requests = Array.from({ length: 200 }, () => ({ authority: near() }));
    const { stdout, report } = await runHttp(given.program, asking(...requests), { allowLocal: true });
    assert.equal(report.error, null);
    assert.equal(given.servers.arrived() - before, 200);
    assert.equal(stdout.match(/status 200/g)?.length, 200);
    assert.ok(report.network.every(({ status, bytes }) => status === 200 && bytes === 5));
  });

  it('a manifest in the program decides which hosts it reaches', async () => {
    const section = (network: string[]): Uint8Array => {
      const name = Buffer.from('outlayer.manifest');
      const json = Buffer.from(JSON.stringify({ capabilities: { network } }));
      const content = Buffer.concat([Buffer.of(name.length), name, json]);
      return Buffer.concat([given.program, Buffer.of(0, content.length), content]);
    };
    const run = (hosts: string[]) =>
      runHttp(section(hosts), asking({ authority: near() }), { allowLocal: true });
    assert.match((await run(['NEAR.test.'])).stdout, /^status 200\n/);
    const refused = await run(['other.test']);
    const words = `host \\"near.test\\" is not in the project's manifest network allowlist`;
    assert.equal(refused.stdout, `error ErrorCode::InternalError(Some("${words}"))\n`);
    assert.equal(refused.report.network[0]!.allowed, false);
    assert.match((await run([])).stdout, /manifest network allowlist/);
  });
});
