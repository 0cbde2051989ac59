import assert from 'node:assert/strict';
import { closeSync, existsSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { buildGuest, cli, resultOf, scratchFolder, startCli } from './cli.ts';

for (const target of ['wasm32-wasip1', 'wasm32-wasip2'] as const) {
  describe(`wasi-workbench run, ${target}`, () => {
    let guest: string;
    before(async () => (guest = await buildGuest(target)));

    const does = (command: string, ...options: string[]) =>
      cli(['run', guest, '--input', command, ...options]);

    it('passes stdout and stderr on, and sums up on stderr', async () => {
      const { code, stdout, stderr } = await does('both');
      assert.equal(code, 0);
      assert.equal(stdout.toString(), 'to stdout\n');
      assert.match(
        stderr,
        /^to stderr\n✓ Succeeded in .+\n {2}Fuel [\d,]+ of 1,000,000,000 \(wasmtime-28\)\n/,
      );
      assert.match(stderr, /Peak memory [\d.]+ MiB of 128 MiB · load .+ · run .+ · .+ p\d\n$/);
    });

    it('prints nothing of its own with --quiet', async () => {
      assert.equal((await does('both', '--quiet')).stderr, 'to stderr\n');
    });

    it('passes every byte on', async () => {
      const { stdout } = await does('bytes', '--quiet');
      assert.deepEqual(stdout, Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)));
    });

    it('prints one JSON object with --json', async () => {
      const finished = await does('bytes', '--json');
      const result = resultOf(finished);
      assert.equal(finished.code, 0);
      assert.equal(result.success, true);
      assert.equal(result.format, target === 'wasm32-wasip1' ? 'p1' : 'p2');
      assert.equal(result.target, target);
      assert.equal(result.exitCode, 0);
      assert.equal(Buffer.from(result.outputBase64, 'base64').length, 256);
      assert.equal(result.output, new TextDecoder().decode(Buffer.from(result.outputBase64, 'base64')));
      assert.ok(result.fuel > 1000 && Number.isSafeInteger(result.fuel));
      assert.equal(result.fuelModel, 'wasmtime-28');
      assert.ok(result.peakMemoryBytes >= 65_536);
      assert.equal(result.wasmBytes, readFileSync(guest).length);
      const { success, message, billedFuel, responseFormat, warnings } = result.worker;
      assert.deepEqual([success, message, billedFuel], [true, null, result.fuel]);
      assert.equal(responseFormat, 'text');
      assert.match(warnings.join(), /^The output is not UTF-8/);
      assert.equal(result.error, null);
    });

    it('keeps stderr in the JSON object', async () => {
      const finished = await does('both', '--json');
      const { output, stderr } = resultOf(finished);
      assert.deepEqual([output, stderr, finished.stderr], ['to stdout\n', 'to stderr\n', '']);
    });

    it('takes stdin for the input', async () => {
      const bytes = Buffer.from([0xff, 0x00, 0x0a, 0xc3]);
      const stdin = Buffer.concat([Buffer.from('echo\n'), bytes]);
      const { stdout } = await cli(['run', guest, '--quiet'], { stdin });
      assert.deepEqual(stdout, bytes);
    });

    it('takes a file for the input, and then leaves stdin alone', async () => {
      using scratch = scratchFolder();
      const file = join(scratch.path, 'input é.txt');
      writeFileSync(file, 'echo\nfrom the file');
      const { stdout } = await cli(['run', guest, '--quiet', '--input-file', file], { stdin: 'panic' });
      assert.equal(stdout.toString(), 'from the file');
    });

    it('gives argv only where there are arguments', async () => {
      assert.equal((await does('args', '--quiet')).stdout.toString(), '');
      const { stdout } = await does('args', '--quiet', '--arg', 'é e', '--arg', '-v', '--arg=--json');
      assert.equal(stdout.toString(), `${basename(guest)}\né e\n-v\n--json\n`);
    });

    it('gives the environment as it is written, and none of its own', async () => {
      const { stdout } = await does('env', '--quiet', '--env', 'B=1=2', '--env', 'A=ü', '--env', 'B=3');
      assert.equal(stdout.toString(), 'B=3\nA=ü\n');
    });

    it('opens a folder for writing', async () => {
      using scratch = scratchFolder();
      const { code, stderr } = await does('write\ncontent', '--dir', `${scratch.path}::/data`);
      assert.equal(code, 0, stderr);
      assert.equal(readFileSync(join(scratch.path, 'made.txt'), 'utf8'), 'content');
    });

    it('repeats random numbers with a seed only', async () => {
      const random = async (...options: string[]) =>
        (await does('random', '--quiet', ...options)).stdout.toString();
      assert.equal(await random('--seed', '1'), await random('--seed', '1'));
      assert.notEqual(await random(), await random());
    });

    it('exits with 1 where the program fails', async () => {
      const finished = await does('exit-7', '--json');
      const { success, exitCode, error } = resultOf(finished);
      assert.equal(finished.code, 1);
      assert.equal(success, false);
      assert.equal(exitCode, target === 'wasm32-wasip1' ? 7 : 1, 'preview 2 knows ok and err only');
      assert.equal(error?.code, 'exit');
    });

    it('tells a panic, and where to go from it', async () => {
      const { code, stderr } = await does('panic');
      assert.equal(code, 1);
      assert.match(stderr, /panicked at .*guest\.rs:\d+:\d+:\nas asked/);
      assert.match(stderr, /^✗ /m);
      const { exitCode, error } = resultOf(await does('panic', '--json'));
      assert.equal(exitCode, null);
      assert.equal(error?.code, 'panic');
    });

    it('leads with the view that is asked for, and exits by it', async () => {
      const plain = await does('exit-0');
      assert.equal(plain.code, 0);
      assert.match(plain.stderr, /^✓ Succeeded/);
      const outlayer = await does('exit-0', '--profile-kind', 'outlayer');
      assert.equal(outlayer.code, 1);
      assert.match(outlayer.stderr, /^✗ The OutLayer worker would fail/);
    });

    for (const [option, value, code] of [
      ['--max-instructions', '1000000', 'out-of-fuel'],
      ['--max-seconds', '0.5', 'out-of-time'],
    ] as const) {
      it(`ends an endless loop by ${option}`, async () => {
        const most = option === '--max-seconds' ? ['--max-instructions', '9007199254740991'] : [];
        const finished = await does('loop', '--json', option, value, ...most);
        assert.equal(finished.code, 1);
        const { error, measured } = resultOf(finished);
        assert.equal(error?.code, code);
        assert.equal(measured, code === 'out-of-fuel' ? undefined : 'fuel-at-least');
      });
    }

    it('stops at Ctrl-C', async function () {
      if (process.platform === 'win32') this.skip(); // no signal can be sent to a process there
      const child = startCli([
        'run',
        guest,
        '--input',
        'loop',
        '--max-instructions',
        '9007199254740991',
        '--json',
      ]);
      let stdout = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
      await new Promise((done) => setTimeout(done, 3000)); // it has no sign of having started
      process.kill(-child.pid!, 'SIGINT'); // a terminal signals the whole group
      const code = await new Promise((done) => child.once('close', done));
      assert.equal(code, 1);
      assert.equal(resultOf({ code, stdout: Buffer.from(stdout), stderr: '' }).error?.code, 'stopped');
    });

    it('goes on where nobody reads its output any more', async () => {
      const child = startCli(['run', guest, '--input', 'flood']);
      let stderr = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
      child.stdout.once('data', () => child.stdout.destroy());
      const code = await new Promise((done) => child.once('close', done));
      assert.equal(code, 0, stderr);
      assert.match(stderr, /✓ Succeeded/);
    });

    it('fails where its output can not be written', async function () {
      if (!existsSync('/dev/full')) this.skip();
      const full = openSync('/dev/full', 'w');
      const child = startCli(['run', guest, '--input', 'both', '--quiet'], { stdout: full });
      closeSync(full);
      let stderr = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
      assert.equal(await new Promise((done) => child.once('close', done)), 1);
      assert.match(stderr, /^✗ The output can't be written: ENOSPC/m);
    });

    it('holds a file to the target that is named', async () => {
      const other = target === 'wasm32-wasip1' ? 'wasm32-wasip2' : 'wasm32-wasip1';
      const finished = await does('both', '--json', '--target', other);
      assert.equal(finished.code, 2);
      const { error, fuel, exitCode } = resultOf(finished);
      assert.equal(error?.code, other === 'wasm32-wasip2' ? 'not-a-component' : 'not-a-module');
      assert.deepEqual([fuel, exitCode], [0, null]);
      const quiet = await does('both', '--quiet', '--target', other);
      assert.match(quiet.stderr, /^✗ .+\n/, 'what could not run is told even so');
    });
  });
}
