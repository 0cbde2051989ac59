import assert from 'node:assert/strict';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { examplesDir, examplesTargetDir } from '../../scripts/lib/places.mjs';
import { cli, type Finished, resultOf, scratchFolder } from './cli.ts';
import { startNearServer } from './nearServer.ts';

/** 32 times 7 as a seed, and its public half. */
const secretKey =
  'ed25519:99eUso3aSbE9tqGSTXzo3TLfKb9RkMTURrHKQ1K7Zh3StnzFNUx8FKCPPPPpR479qsw5zv2WNBKmgiz7WqgAJfM';
const publicKey = 'ed25519:GmaDrppBC7P5ARKV8g3djiwP89vz1jLK23V2GBjuAEGB';

describe('the worker’s interfaces on the command line', () => {
  const folder = scratchFolder();
  const env = { CARGO_TARGET_DIR: examplesTargetDir, WASI_WORKBENCH_DATA: folder.path };
  before(async () => {
    // A suite builds them before its tests, whose time-outs are not made for it.
    for (const name of ['visit-counter', 'dice-roll', 'near-greeting', 'paid-job']) await example(name);
  });
  after(() => folder[Symbol.dispose]());

  /** The paths of the examples, built once each. */
  const built = new Map<string, string>();
  async function example(name: string): Promise<string> {
    let path = built.get(name);
    if (path === undefined) {
      const done = await cli(['build', join(examplesDir, name), '--locked', '--quiet'], { env });
      assert.equal(done.code, 0, done.stderr);
      path = done.stdout.toString().trimEnd();
      built.set(name, path);
    }
    return path;
  }
  async function run(name: string, input: object, ...options: string[]): Promise<Finished> {
    return cli(['run', await example(name), '--input', JSON.stringify(input), ...options], { env });
  }
  const output = (finished: Finished) => {
    const result = resultOf(finished);
    assert.equal(result.error, null, result.error?.message);
    return JSON.parse(result.output) as Record<string, unknown>;
  };

  it('are named with what they need, before main', async () => {
    const plain = await run('visit-counter', { page: 'home' });
    assert.equal(plain.code, 2);
    assert.match(plain.stderr, /imports near:storage\/api@0\.1\.0, which is the OutLayer worker’s/);
    const needs = {
      'visit-counter': /near:storage\/api@0\.1\.0, which needs a project .*--project /s,
      'near-greeting': /near:rpc\/api@0\.1\.0, which needs the address .*--rpc-url /s,
      'paid-job': /near:payment\/api@0\.1\.0, which needs the payment .*"attachedUsd": /s,
    };
    for (const [name, says] of Object.entries(needs)) {
      const { code, stdout, stderr } = await run(name, {}, '--profile-kind', 'outlayer');
      assert.deepEqual([code, stdout.length], [2, 0], name);
      assert.match(stderr, says);
    }
  });

  const site = ['--project', 'alice.testnet/site', '--json'];

  it('near:storage keeps what a run stores, for a project and an account', async () => {
    await run('visit-counter', { page: 'home', visits: 2 }, ...site);
    const second = output(await run('visit-counter', { page: 'home' }, ...site));
    assert.deepEqual(second, { page: 'home', visits: 3, pages: ['home'] });
    const bobs = output(await run('visit-counter', { page: 'about' }, ...site, '--sender', 'bob.testnet'));
    assert.deepEqual(bobs, { page: 'about', visits: 1, pages: ['about'] });
  });

  it('near:storage can be looked at, and emptied', async () => {
    const shown = await cli(['storage', 'show', '--project', 'alice.testnet/site'], { env });
    assert.match(
      shown.stdout.toString(),
      /alice\.testnet\/site · alice\.testnet\n {2}"visits\/home" = 3 \(i64\)/,
    );
    const other = await cli(['storage', 'reset', '--project', 'bob.testnet/x'], { env });
    assert.equal(other.stdout.toString(), '✓ Deleted 0 entries\n');
    const reset = await cli(['storage', 'reset', '--json'], { env });
    assert.deepEqual(JSON.parse(reset.stdout.toString()), { deleted: 2 });
    const empty = await cli(['storage', 'show'], { env });
    assert.match(empty.stdout.toString(), /^Nothing is stored in /);
  });

  it('near:storage loses nothing of two runs at once, 1,000 increments each', async () => {
    const visits = { page: 'busy', visits: 1000 };
    await example('visit-counter');
    const both = await Promise.all([1, 2].map(() => run('visit-counter', visits, ...site)));
    both.forEach(output);
    const { visits: all } = output(await run('visit-counter', { page: 'busy', visits: 1 }, ...site));
    assert.equal(all, 2001);
  });

  it('saved cases are tested on a storage of their own, which is gone afterwards', async () => {
    using kept = scratchFolder();
    const own = { ...env, WASI_WORKBENCH_DATA: join(kept.path, 'data') };
    for (let times = 0; times < 2; times++) {
      const tested = await cli(['test', join(examplesDir, 'visit-counter'), '--locked', '--quiet'], {
        env: own,
      });
      assert.equal(tested.code, 0, `${tested.stdout.toString()}${tested.stderr}`);
    }
    assert.equal(existsSync(own.WASI_WORKBENCH_DATA), false);
  });

  it('near:vrf rolls dice that can be verified', async () => {
    const options = ['--sender', 'bob.testnet', '--json'];
    const roll = output(await run('dice-roll', { game: 'first', dice: 3 }, ...options));
    const { alpha, signature, public_key: key } = roll as Record<string, string>;
    assert.equal(alpha, 'vrf:1:bob.testnet:first');
    const x = Buffer.from(key!, 'hex').toString('base64url');
    const jwk = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    const bytes = Buffer.from(signature!, 'hex');
    assert.ok(verify(null, Buffer.from(alpha), jwk, bytes));
    const random = [...createHash('sha256').update(bytes).digest()].filter((byte) => byte < 252);
    assert.deepEqual(
      roll['dice'],
      random.slice(0, 3).map((byte) => (byte % 6) + 1),
    );
    assert.deepEqual(output(await run('dice-roll', { game: 'first', dice: 3 }, ...options)), roll);
  });

  it('near:rpc reads from a server and signs with the program’s key', async () => {
    using server = await startNearServer(publicKey);
    const reach = ['--rpc-url', server.url, '--allow-local', '--json'];
    const contract = 'hello.testnet';
    const ask = async (...more: Parameters<typeof run>) => {
      const { stdout } = await run(...more);
      const { output, network } = JSON.parse(stdout.toString()) as {
        output: string;
        network: { host: string }[];
      };
      assert.ok(network.every(({ host }) => host === '127.0.0.1'));
      return JSON.parse(output) as Record<string, unknown>;
    };
    assert.deepEqual(await ask('near-greeting', { contract }, ...reach), { greeting: 'hello' });
    const signer = ['--env', 'SIGNER_ID=alice.testnet', '--env', `SIGNER_KEY=${secretKey}`];
    const set = await ask('near-greeting', { contract, greeting: 'moin' }, ...reach, ...signer);
    assert.equal(set['greeting'], 'moin');
    assert.match(String(set['transaction']), /^[1-9A-HJ-NP-Za-km-z]{43,44}$/);
    const seen = ['call_function', 'view_access_key', 'send_tx', 'call_function'];
    assert.deepEqual(server.methods, seen);
  });

  it('near:rpc goes by the network’s rules', async () => {
    using server = await startNearServer(publicKey);
    const refused = await run('near-greeting', { contract: 'a.testnet' }, '--rpc-url', server.url);
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /destination blocked: internal\/private\/link-local address/);
    assert.deepEqual(server.methods, []);
  });

  it('near:payment and outlayer:wallet settle a job', async () => {
    const file = join(folder.path, 'outlayer.json');
    const wallet = { balances: { near: '1500000000000000000000' } };
    writeFileSync(file, JSON.stringify({ attachedUsd: 9000, wallet }));
    const job = { text: 'to be or not', tip_to: 'bob.testnet' };
    const options = ['--outlayer', file, '--json'];
    const first = await run('paid-job', job, ...options);
    assert.deepEqual(output(first), { words: 4, price: 4000, refunded: 5000, tip: 'paid' });
    assert.equal(resultOf(first).worker.refundUsd, 5000);
    const { tip } = output(await run('paid-job', job, ...options));
    assert.deepEqual(tip, { refused: 'insufficient_balance' });
  });

  it('the cases of the examples pass', async () => {
    const cases = { 'visit-counter': 2, 'dice-roll': 1, 'near-greeting': 1, 'paid-job': 2 };
    for (const [name, count] of Object.entries(cases)) {
      const { code, stdout, stderr } = await cli(['test', join(examplesDir, name), '--locked'], { env });
      assert.equal(code, 0, `${name}: ${stdout.toString()} ${stderr}`);
      assert.match(stderr + stdout.toString(), new RegExp(`^${count} passed, 0 failed$`, 'm'));
    }
  });

  it('an output that is not the JSON asked for fails on the worker', async () => {
    const options = ['--response-format', 'json', '--profile-kind', 'outlayer', '--env', 'X=1'];
    const guest = join(examplesDir, 'word-count');
    const args = [
      'run',
      guest,
      '--target',
      'wasm32-wasip1',
      '--input',
      '{"text":"a"}',
      '--locked',
      ...options,
    ];
    const good = await cli(args, { env });
    assert.equal(good.code, 0, good.stderr);
    assert.match(good.stderr, /✓ The OutLayer worker would succeed, and bills [\d,]+ fuel/);
    const reserved = await cli([...args, '--env', 'NEAR_SENDER_ID=eve.testnet'], { env });
    assert.equal(reserved.code, 2);
    assert.match(reserved.stderr, /NEAR_SENDER_ID is the OutLayer worker’s own/);
  });
});
