import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/lib/places.mjs';
import { cli, resultOf, scratchFolder } from './cli.ts';

describe("the command line's usage", () => {
  it('explains itself', async () => {
    for (const args of [['--help'], ['run', '--help'], ['build', '--help'], ['test', '--help']]) {
      const { code, stdout, stderr } = await cli(args);
      assert.deepEqual([code, stderr], [0, '']);
      assert.match(stdout.toString(), /Usage:\s+wasi-workbench/);
    }
  });

  it('tells its version', async () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    const { code, stdout } = await cli(['--version']);
    assert.deepEqual([code, stdout.toString()], [0, `${version}\n`]);
  });

  for (const [args, expected] of [
    [[], /No command/],
    [['rnu', 'x.wasm'], /Did you mean run\?/],
    [['execute'], /There is no command execute\.\n {2}→ --help lists them all/],
    [['run'], /run needs FILE\.wasm\|CRATE/],
    [['run', 'x.wasm', 'y'], /--arg y/],
    [['run', 'x.wasm', '--inptu', '{}'], /Did you mean --input\?/],
    [['run', 'x.wasm', '--input'], /--input needs a value/],
    [['run', 'x.wasm', '--json=1'], /--json takes no value/],
    [['run', 'x.wasm', '--max-instructions', '0'], /whole number from 1/],
    [['run', 'x.wasm', '--max-instructions', 'abc'], /such as --max-instructions \d{9,}\./],
    [['run', 'package.json', '--bin', 'one'], /--bin says how a crate is built/],
    [['test', 'no-such-folder'], /no file or folder.*\n.*\n.*holds a Cargo\.toml/],
    [['run', 'x.wasm', '--max-memory-mb', '1.5'], /whole number from 1/],
    [['run', 'x.wasm', '--max-seconds', '-3'], /seconds from 0\.001 to 86400/],
    [['run', 'x.wasm', '--seed', 'x'], /whole number from 0/],
    [['run', 'x.wasm', '--fuel-model', 'wasmtime'], /wasmtime-28, wasmtime-current/],
    [['run', 'x.wasm', '--profile-kind', 'other'], /wasi, outlayer/],
    [['run', 'x.wasm', '--env', 'NAME'], /NAME=value/],
    [['run', 'x.wasm', '--dir', '/no/such/folder'], /names no folder/],
    [['run', 'no-such-file.wasm'], /no file or folder no-such-file\.wasm/],
    [['build', 'test/fixtures/cli', '--target', 'wasm64-wasip9'], /wasm64-wasip9.*\n.*wasm32-wasip2/],
    [['build', 'package.json'], /is no crate/],
    [['test', 'package.json'], /is no crate/],
    [['run', 'examples/word-count/src/main.rs'], /is a Rust source, .*\n.*Name the folder of that crate/],
    [['check', 'examples/word-count/src/main.rs'], /is a Rust source/],
  ] as const) {
    it(`exits with 2: ${args.join(' ')}`, async () => {
      const { code, stdout, stderr } = await cli(args);
      assert.equal(code, 2, stderr);
      assert.equal(stdout.length, 0);
      assert.match(stderr, expected);
      assert.match(stderr, /^ {2}→ /m, 'a next step');
    });
  }

  it('tells an error as JSON where JSON was asked for', async () => {
    const finished = await cli(['run', 'no-such-file.wasm', '--json']);
    assert.equal(finished.code, 2);
    assert.equal(resultOf(finished).error?.code, 'file-not-found');
  });

  it('tells an error as the object of the command that failed', async () => {
    using data = scratchFolder();
    writeFileSync(join(data.path, 'worker.sqlite'), 'no database');
    for (const [command, keys] of [
      [['storage', 'show'], ['error']],
      [
        ['check', 'no-such-folder'],
        ['findings', 'error'],
      ],
      [
        ['test', 'no-such-folder'],
        ['success', 'cases', 'error'],
      ],
    ] as const) {
      const { code, stdout } = await cli([...command, '--json'], { env: { WASI_WORKBENCH_DATA: data.path } });
      const told = JSON.parse(stdout.toString()) as { readonly error: { readonly message: string } };
      assert.notEqual(code, 0, command[0]);
      assert.deepEqual(Object.keys(told), keys);
      assert.ok(told.error.message);
    }
  });

  it('refuses what is no WebAssembly, and says what it looks like', async () => {
    using scratch = scratchFolder();
    for (const [name, bytes] of [
      ['empty.wasm', ''],
      ['text.wasm', 'fn main() {}'],
      ['elf.wasm', '\x7fELF\x02\x01\x01'],
    ] as const) {
      const file = join(scratch.path, name);
      writeFileSync(file, bytes);
      const finished = await cli(['run', file, '--json']);
      assert.equal(finished.code, 2, name);
      const { error, format } = resultOf(finished);
      assert.equal(format, null);
      assert.equal(error?.code, 'unknown-format');
      assert.ok(error.hint);
    }
  });

  it('reads no folder as a file', async () => {
    using scratch = scratchFolder();
    mkdirSync(join(scratch.path, 'a.wasm'));
    const { code, stderr } = await cli(['run', join(scratch.path, 'a.wasm')]);
    assert.equal(code, 3);
    assert.match(stderr, /Cargo\.toml/);
  });
});
