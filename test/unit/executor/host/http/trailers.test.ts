import assert from 'node:assert/strict';
import type { NetworkOptions } from '../../../../../src/shared/network.ts';
import { failures } from './failures.ts';
import { type Asked, asking, caFile, httpFixture, runHttp } from './http.ts';

/** A request with trailers, which goes another way than those without. */
const withTrailers: Omit<Asked, 'authority'> = {
  method: 'POST',
  path: '/trailers-back',
  body: 'some text',
  headers: ['trailer: X-Sum, x-other, content-type'],
  trailers: ['x-sum: 42', 'X-Other: zwölf', 'x-unannounced: lost', 'content-type: lost'],
};

describe('wasi:http: trailers of requests', function () {
  const given = httpFixture(this);

  const ask = (asked: Partial<Asked>, network: Partial<NetworkOptions> = {}) =>
    runHttp(
      given.program,
      asking({ authority: `near.test:${given.servers.http}`, ...withTrailers, ...asked }),
      {
        allowLocal: true,
        ...network,
      },
    );

  it('those that the Trailer header names arrive, as from the worker', async () => {
    const { stdout, report } = await ask({});
    assert.match(stdout, /^status 200\n[^]*\n\["x-sum","42","x-other","zwÃ¶lf"\]\nno trailers\n$/);
    assert.deepEqual(
      report.network.map(({ status, reason }) => [status, reason]),
      [[200, null]],
    );
  });

  it('those that it doesn’t are dropped, as by the worker, and so are all beside a length', async () => {
    assert.match((await ask({ headers: [] })).stdout, /\n\[\]\nno trailers\n$/);
    const headers = ['trailer: x-sum', 'content-length: 9'];
    assert.match((await ask({ headers })).stdout, /\n\[\]\nno trailers\n$/);
  });

  it('a GET has them as well', async () => {
    assert.match((await ask({ method: 'GET' })).stdout, /"x-sum","42"/);
  });

  it('over HTTPS, with the authority that is trusted and with no other', async () => {
    const secure = { scheme: 'https', authority: `secure.test:${given.servers.https}` };
    assert.match((await ask(secure, { caFile })).stdout, /"x-sum","42"/);
    assert.equal((await ask(secure)).stdout, 'error ErrorCode::TlsCertificateError\n');
    const other = { scheme: 'https', authority: `other.test:${given.servers.https}` };
    assert.equal((await ask(other, { caFile })).stdout, 'error ErrorCode::TlsCertificateError\n');
  });

  it('10 MB there and back, streamed', async () => {
    const { stdout } = await ask({ path: '/echo-later', body: String(10 << 20) });
    assert.match(stdout, new RegExp(`\\nbody ${10 << 20} 404289550975762432 closed\\n`));
    assert.match((await ask({ path: '/huge' })).stdout, /\nbody 10485760 \d+ closed\n/);
  });

  it('trailers of the response come back, too', async () => {
    assert.match((await ask({ path: '/trailers' })).stdout, /\nsome text\ntrailer x-sum: 42\n/);
  });

  it('addresses that are checked are those that are dialled', async () => {
    const before = given.servers.arrived();
    for (const authority of ['near.test', 'two-faced.test', 'mapped.test', '127.1']) {
      const { report } = await ask(
        { authority: `${authority}:${given.servers.http}` },
        { allowLocal: false },
      );
      assert.match(report.network[0]!.reason ?? '', /loopback/, authority);
      assert.equal(report.network[0]!.allowed, false);
    }
    assert.equal(given.servers.arrived(), before);
  });

  for (const [what, asked, printed] of failures) {
    it(`${what}: told by the code that a request without them gets`, async () => {
      const { stdout, report } = await ask(asked(given.servers));
      assert.match(stdout, printed);
      assert.notEqual(report.network[0]!.reason, null);
    });
  }
});
