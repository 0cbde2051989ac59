import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratchFolder } from '../scratch.ts';
import { run } from './programs.ts';

describe('Rust programs for wasm32-wasip2', function () {
  // The first one builds the crate.
  this.timeout(300_000);

  it('are given argv and the environment in order, and nothing else', async () => {
    const { report, stdout } = await run('env', {
      env: { ZED: 'last letter', ALPHA: 'ä', EMPTY: '' },
      options: { argv: ['program', '', 'a b'] },
    });
    assert.equal(report.error, null);
    assert.equal(
      stdout,
      'arg program\narg \narg a b\nenv ZED=last letter\nenv ALPHA=ä\nenv EMPTY=\nunset true\n',
    );
  });

  it('read stdin to its end, whatever bytes it has', async () => {
    const input = Uint8Array.from({ length: 100_000 }, (_, i) => i & 0xff);
    const { report, stdout, stderr } = await run('echo', { input });
    assert.equal(report.exitCode, 0);
    assert.equal(stdout, Buffer.from(input).toString());
    assert.equal(stderr, '100000 bytes\n');
    const nothing = await run('echo');
    assert.deepEqual([nothing.stdout, nothing.stderr], ['', '0 bytes\n']);
  });

  it('work with files in a preopened folder', async () => {
    using scratch = scratchFolder();
    writeFileSync(join(scratch.inside, '..', 'secret.txt'), 'secret');
    const preopen = { hostPath: scratch.inside, guestPath: '.', writable: true };
    const { report, stdout } = await run('files', { options: { preopens: [preopen] } });
    assert.equal(report.error, null);
    assert.equal(
      stdout,
      [
        'first\nsecond',
        'old name: NotFound',
        'length 13',
        'from 6: second',
        'cut to 5',
        '300000 bytes of 7',
        '[("b.txt", true), ("c.bin", true)]',
        'not empty: true',
        'outside: true',
        'exists: false\n',
      ].join('\n'),
    );
    assert.deepEqual(readdirSync(scratch.inside), []);
  });

  it('can’t change a folder that is read-only', async () => {
    using scratch = scratchFolder();
    const preopen = { hostPath: scratch.inside, guestPath: '.', writable: false };
    const { report, stderr } = await run('files', { options: { preopens: [preopen] } });
    assert.equal(report.exitCode, 1);
    assert.match(stderr, /PermissionDenied|not permitted/);
    assert.deepEqual(readdirSync(scratch.inside), []);
  });

  it('sleep, and read both clocks', async () => {
    const { report, stdout } = await run('clocks');
    assert.equal(report.error, null);
    assert.match(stdout, /^slept true\nsince 2020 true\nhash [0-9a-f]{16}\n$/);
  });

  it('draw the same random numbers from the same seed, and others from another', async () => {
    const hash = async (seed: number | null): Promise<string | undefined> =>
      (await run('clocks', { options: { seed } })).stdout.split('\n')[2];
    const first = await hash(1);
    assert.equal(await hash(1), first);
    assert.notEqual(await hash(2), first);
    assert.notEqual(await hash(null), await hash(null));
  });

  it('exit with 0, or with 1 for any other code', async () => {
    for (const [code, expected] of [
      ['0', 0],
      ['1', 1],
      ['77', 1],
    ] as const) {
      const { report, stdout } = await run('exit', { env: { CODE: code } });
      assert.equal(report.exitCode, expected);
      assert.equal(report.success, expected === 0);
      assert.equal(stdout, 'before\n');
    }
  });

  it('that return an error from main exit with 1', async () => {
    const { report, stderr } = await run('fail');
    assert.equal(report.exitCode, 1);
    assert.equal(stderr, 'Error: "not today"\n');
  });

  it('that panic end in a trap, with what they had written', async () => {
    const { report, stdout, stderr } = await run('panic');
    assert.equal(report.exitCode, null);
    assert.equal(report.error?.code, 'panic');
    assert.equal(stdout, 'before\n');
    assert.match(stderr, /index out of bounds/);
  });

  it('have a write refused past the cap of stdout, and keep what was written', async () => {
    const { report, stdout, stderr } = await run('lines', { env: { LINES: '300000' }, maxMemoryMb: 2 });
    assert.equal(report.error?.code, 'panic');
    assert.match(stderr, /failed printing to stdout: Broken pipe/);
    assert.ok(stdout.startsWith('line 0\nline 1\n'));
    assert.equal(Buffer.byteLength(stdout), 2 * 1024 * 1024);
  });

  it('cost the same each time', async () => {
    const first = await run('env', { env: { A: '1' } });
    const second = await run('env', { env: { A: '1' } });
    assert.ok(first.report.fuel > 1000);
    assert.equal(first.report.fuel, second.report.fuel);
  });
});
