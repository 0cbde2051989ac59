import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readMocks } from '../../../../../src/mocks/readMocks.ts';
import { httpErrorNames } from '../../../../../src/shared/httpErrorCodes.ts';
import { WorkbenchError } from '../../../../../src/shared/workbenchError.ts';
import { type Asked, asking, httpProgram, type HttpRun, runHttp, startServers } from '../http/http.ts';

describe('mocks', function () {
  this.timeout(300_000);
  let folder: string;
  let program: Uint8Array;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'mocks é '));
    program = await httpProgram('request');
  });
  after(() => rmSync(folder, { recursive: true }));

  function file(mocks: object): string {
    const path = join(folder, 'mocks.json');
    writeFileSync(path, JSON.stringify(mocks));
    return path;
  }

  async function ask(mocks: object, ...asked: Partial<Asked>[]): Promise<HttpRun> {
    const input = asking(...asked.map((each) => ({ authority: 'api.test', ...each })));
    return runHttp(program, input, { enabled: false }, 60, { mocks: await readMocks(file(mocks)) });
  }
  const then = (text: string) => ({ body: { text } });

  it('answer with status, headers, body and trailers, in pieces, without a network', async () => {
    const { stdout, report } = await ask(
      {
        rules: [
          {
            then: {
              status: 503,
              headers: { 'retry-after': '7', 'x-many': ['a', 'é'] },
              body: { json: { busy: true } },
              pieceBytes: 5,
              trailers: { 'x-sum': '1' },
            },
          },
        ],
      },
      {},
    );
    assert.match(
      stdout,
      /^status 503\nretry-after: 7\nx-many: a\nx-many: é\nbody 13 \d+ closed\n\{"busy":true\}\ntrailer x-sum: 1\n$/,
    );
    const [attempt] = report.network;
    assert.deepEqual([attempt!.source, attempt!.status, attempt!.bytes], ['mock', 503, 13]);
  });

  it('go by method, address, headers and body, and the first that fits answers', async () => {
    const bytes = Buffer.from(Uint8Array.from({ length: 3 }, (_, i) => i));
    const { stdout } = await ask(
      {
        rules: [
          { when: { method: 'put' }, then: then('by method') },
          { when: { url: 'http://api.test/v1/*?x=*' }, then: then('by address') },
          { when: { headers: { 'X-Key': 'abc*' } }, then: then('by header') },
          { when: { body: { text: bytes.toString() } }, then: then('by body') },
          { when: { body: { contains: '\u0003' } }, then: then('by part') },
          { then: then('the rest') },
        ],
      },
      { method: 'PUT', path: '/v1/a?x=1' },
      { path: '/v1/a?x=1' },
      { path: '/v1/a' },
      { headers: ['x-key: abcd'] },
      { headers: ['x-key: xabcd'] },
      { method: 'POST', bodyBytes: 3 },
      { method: 'POST', bodyBytes: 4 },
    );
    assert.deepEqual(stdout.match(/^(by .*|the rest)$/gm), [
      'by method',
      'by address',
      'the rest',
      'by header',
      'the rest',
      'by body',
      'by part',
    ]);
  });

  it('answer as often as they may: two failures, then a success', async () => {
    const { stdout } = await ask(
      { rules: [{ times: 2, then: { status: 500 } }, { then: { status: 201 } }] },
      {},
      {},
      {},
      {},
    );
    assert.deepEqual(stdout.match(/^status \d+/gm), ['status 500', 'status 500', 'status 201', 'status 201']);
  });

  it('fail with every error-code of the interface', async () => {
    for (const code of httpErrorNames) {
      const { stdout, report } = await ask({ rules: [{ then: { fail: code, message: 'so' } }] }, {});
      const name = code.replaceAll('-', '').toLowerCase();
      assert.match(stdout.toLowerCase(), new RegExp(`^error errorcode::${name}\\b`), code);
      assert.equal(report.error, null);
      assert.equal(report.network[0]!.reason, 'so');
    }
  });

  it('cut a response off', async () => {
    const { stdout } = await ask(
      { rules: [{ then: { body: { text: 'half' }, fail: 'HTTP-response-incomplete' } }] },
      {},
    );
    assert.match(stdout, /^status 200\nbody 4 \d+ Some\(ErrorCode::HttpResponseIncomplete\)/);
  });

  it('come late, and too late', async () => {
    const late = { rules: [{ then: { ...then('late'), delayMs: 80 } }] };
    assert.ok((await ask(late, {})).report.network[0]!.ms >= 75);
    const { stdout } = await ask({ rules: [{ then: { delayMs: 60_000 } }] }, { timeouts: [0, 50, 0] });
    assert.match(stdout, /^error ErrorCode::ConnectionReadTimeout/);
  });

  it('leave what they don’t fit to fail by name, with the nearest rule', async () => {
    const { stdout, report } = await ask(
      { rules: [{ when: { method: 'GET', url: 'http://api.test/hallo' }, then: {} }] },
      {},
    );
    const words = 'no mock fits GET http://api.test/hello; the nearest there is: GET http://api.test/hallo';
    assert.equal(report.network[0]!.reason, words);
    assert.match(stdout, /^error ErrorCode::InternalError\(Some\("no mock fits GET/);
  });

  it('or to the network where the file says so, by the policy', async () => {
    await using servers = await startServers();
    const rules = [{ when: { body: { contains: 'x' } }, then: {} }];
    const mocks = await readMocks(file({ unmatched: 'network', rules }));
    const asked = { authority: `near.test:${servers.http}`, method: 'POST', path: '/echo', bodyBytes: 50 };
    const passed = await runHttp(program, asking(asked), { allowLocal: true }, 60, { mocks });
    assert.match(passed.stdout, /\nbody 50 /);
    assert.equal(passed.report.network[0]!.source, 'network');
    const refused = await runHttp(program, asking({ ...asked, authority: '127.0.0.1:1' }), {}, 60, { mocks });
    assert.deepEqual(
      refused.report.network.map(({ allowed }) => allowed),
      [false],
    );
    assert.match(refused.stdout, /destination blocked/);
  });

  it('don’t reach past the program’s own manifest', async () => {
    const name = Buffer.from('outlayer.manifest');
    const json = Buffer.from('{"capabilities":{"network":["other.test"]}}');
    const content = Buffer.concat([Buffer.of(name.length), name, json]);
    const wasm = Buffer.concat([program, Buffer.of(0, content.length), content]);
    const mocks = await readMocks(file({ rules: [{ then: {} }] }));
    const { report } = await runHttp(wasm, asking({ authority: 'api.test' }), {}, 60, { mocks });
    assert.match(report.network[0]!.reason ?? '', /manifest network allowlist/);
  });

  it('are read from a file, whose mistakes are told by their places', async () => {
    writeFileSync(join(folder, 'body.bin'), new Uint8Array([0, 255]));
    const read = await readMocks(file({ rules: [{ then: { body: { file: 'body.bin' } } }] }));
    assert.deepEqual([...read.rules[0]!.answer.response!.body[0]!], [0, 255]);
    for (const wrong of [
      { rules: [{ then: { fail: 'no-such-code' } }] },
      { rules: [{ then: { body: { text: '', json: 1 } } }] },
      { rules: [{}] },
      { rules: [{ then: { status: 100 } }] },
    ]) {
      await assert.rejects(
        readMocks(file(wrong)),
        (error) => error instanceof WorkbenchError && /mocks\.json:1:\d+: /.test(error.value.cause ?? ''),
      );
    }
    await assert.rejects(readMocks(join(folder, 'none.json')), /can't be read/);
  });
});
