import assert from 'node:assert/strict';
import { refusedRange } from '../../../../../src/executor/host/http/addressFilter.ts';
import { destination, refusal } from '../../../../../src/executor/host/http/destination.ts';
import { defaultNetwork, type NetworkOptions } from '../../../../../src/shared/network.ts';
import { asking, httpFixture, runHttp } from './http.ts';
import { hostile } from './hostile.ts';

describe('network policy: destinations', function () {
  const given = httpFixture(this);

  const count = hostile.reduce((sum, { authorities }) => sum + authorities.length, 0);
  it(`${count} hostile ones: none gets through, and each says why`, async () => {
    assert.ok(count >= 150);
    const cases = hostile.flatMap(({ why, authorities }) =>
      authorities.map((authority) => ({
        why,
        authority: authority.replace('PORT', String(given.servers.http)),
      })),
    );
    const before = given.servers.arrived();
    const { report, stdout } = await runHttp(given.program, asking(...cases));
    assert.equal(report.error, null, `${report.error?.message} ${report.error?.cause}`);
    assert.equal(given.servers.arrived(), before);
    const lines = stdout.trimEnd().split('\n');
    assert.equal(report.network.length, cases.length);
    cases.forEach(({ why, authority }, i) => {
      const { reason, status } = report.network[i]!;
      assert.match(reason ?? '', why, authority);
      assert.equal(status, null);
      assert.match(lines[i] ?? '', /^error ErrorCode::(InternalError|HttpRequestUriInvalid)/, authority);
    });
  });

  it('refuses in the worker’s words', async () => {
    const { report, stdout } = await runHttp(given.program, asking({ authority: '127.0.0.1' }));
    const words = 'destination blocked: internal/private/link-local address';
    assert.equal(stdout, `error ErrorCode::InternalError(Some("${words}"))\n`);
    assert.deepEqual(
      report.network.map(({ host, allowed, reason }) => ({ host, allowed, reason })),
      [{ host: '127.0.0.1', allowed: false, reason: `${words} (127.0.0.1: loopback)` }],
    );
  });

  it('lets a name that was public not become local: each request is looked up and checked anew', async () => {
    const authority = `rebinding.test:${given.servers.http}`;
    const before = given.servers.arrived();
    const { report } = await runHttp(given.program, asking({ authority }, { authority }));
    assert.equal(given.servers.arrived(), before);
    assert.deepEqual(
      report.network.map(({ reason }) => reason?.match(/\((.*)\)/)?.[1]),
      ['192.0.0.9: protocol assignments', '127.0.0.1: loopback'],
    );
  });

  it('leaves redirects to the guest, and checks where it follows them to', async () => {
    const { report } = await runHttp(
      given.program,
      asking(
        { authority: `near.test:${given.servers.http}`, path: '/redirect' },
        { authority: '169.254.169.254' },
      ),
      { allowLocal: true },
    );
    assert.deepEqual(
      report.network.map(({ status, allowed }) => [status, allowed]),
      [
        [302, true],
        [null, false],
      ],
    );
  });

  it('refuses schemes and methods that are not of HTTP requests', async () => {
    const authority = `near.test:${given.servers.http}`;
    const { report, stdout } = await runHttp(
      given.program,
      asking({ authority, scheme: 'file' }, { authority, scheme: 'ftp' }, { authority, method: 'CONNECT' }),
      { allowLocal: true },
    );
    assert.deepEqual(stdout.trimEnd().split('\n'), [
      'error ErrorCode::HttpRequestUriInvalid',
      'error ErrorCode::HttpRequestUriInvalid',
      'error ErrorCode::HttpRequestMethodInvalid',
    ]);
    assert.match(report.network[0]!.reason ?? '', /"file" is neither http nor https/);
  });

  it('refuses headers that belong to the connection', async () => {
    for (const name of ['Host', 'connection', 'Transfer-Encoding', 'upgrade']) {
      const { report, stdout } = await runHttp(
        given.program,
        asking({ authority: 'a', headers: [`${name}: x`] }),
      );
      assert.equal(stdout, 'error header HeaderError::Forbidden\n');
      assert.deepEqual(report.network, []);
    }
  });
});

describe('network policy: rules', () => {
  const judge = (host: string, options: Partial<NetworkOptions>, manifestHosts: string[] | null = null) =>
    refusal(destination('https', host), { options: { ...defaultNetwork, ...options }, manifestHosts });

  it('lets public addresses and names out', () => {
    for (const host of [
      'example.com',
      '1.1.1.1',
      '8.8.8.8:53',
      '[2606:4700::1111]',
      '[::ffff:1.1.1.1]',
      '172.32.0.1',
      '100.128.0.1',
      'localhost.example.com',
    ]) {
      assert.equal(judge(host, {}), null, host);
    }
  });

  it('opens loopback, private and unique-local addresses by a setting, and no other', () => {
    for (const open of ['127.0.0.1', '10.0.0.1', '192.168.1.1', '::1', 'fd00::1', '::ffff:127.0.0.1']) {
      assert.equal(refusedRange(open, true), null, open);
    }
    for (const closed of ['169.254.169.254', '0.0.0.0', '100.64.0.1', 'fe80::1', 'ff02::1', '64:ff9b::1']) {
      assert.notEqual(refusedRange(closed, true), null, closed);
    }
    assert.equal(refusedRange('fe80::1%eth0', true), 'link-local');
  });

  it('goes by exact names, without case or a trailing dot, of the manifest and of the settings', () => {
    const manifest = ['API.Example.com.', 'bücher.example'];
    for (const host of [
      'api.example.com',
      'API.EXAMPLE.COM',
      'api.example.com.',
      'xn--bcher-kva.example:8080',
    ]) {
      assert.equal(judge(host, {}, manifest), null, host);
      assert.equal(judge(host, { allowHosts: manifest }), null, host);
    }
    for (const host of [
      'example.com',
      'x.api.example.com',
      'api.example.com.evil.test',
      'evil-api.example.com',
    ]) {
      assert.deepEqual(judge(host, {}, manifest)?.code, {
        tag: 'internal-error',
        val: `host "${host}" is not in the project's manifest network allowlist`,
      });
      assert.match(judge(host, { allowHosts: manifest })?.reason ?? '', /settings/);
    }
    assert.notEqual(judge('api.example.com', {}, []), null);
    assert.notEqual(judge('a.test', {}, ['*.test', '*']), null);
    assert.notEqual(judge('a.test', { allowHosts: ['b.test'] }, ['a.test']), null);
  });

  it('checks addresses on the allow-list all the same', () => {
    assert.match(judge('127.0.0.1', { allowHosts: ['127.0.0.1'] })?.reason ?? '', /loopback/);
  });

  it('closes the network altogether', () => {
    assert.deepEqual(judge('example.com', { enabled: false })?.code, { tag: 'HTTP-request-denied' });
  });
});
