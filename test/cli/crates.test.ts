import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { examplesDir, examplesTargetDir, root } from '../../scripts/lib/places.mjs';
import { cli, resultOf, scratchFolder } from './cli.ts';

const fixtures = join(root, 'test', 'fixtures');

describe('crates on the command line', () => {
  it('builds one and prints the path of what cargo made', async () => {
    const { code, stdout, stderr } = await cli(['build', join(fixtures, 'cli'), '--bin', 'other']);
    assert.equal(code, 0, stderr);
    assert.match(stdout.toString(), /wasm32-wasip2[\\/]release[\\/]other\.wasm\n$/);
    assert.match(stderr, /✓ Built other for wasm32-wasip2 in /);
  });

  it("builds with cargo's options and tells of it in JSON", async () => {
    const options = [
      '--bin',
      'other',
      '--cargo-profile',
      'dev',
      '--offline',
      '--target',
      'wasm32-wasip1',
      '--json',
    ];
    const { code, stdout } = await cli(['build', join(fixtures, 'cli'), ...options]);
    assert.equal(code, 0);
    const built = JSON.parse(stdout.toString()) as Record<string, unknown>;
    assert.match(String(built['artefact']), /wasm32-wasip1[\\/]debug[\\/]other\.wasm$/);
    assert.equal(built['target'], 'wasm32-wasip1');
    assert.equal(built['error'], null);
  });

  it('runs an optimised one, and tells what that saved', async () => {
    const args = ['run', join(fixtures, 'cli'), '--bin', 'guest', '--optimise', '--input', 'both'];
    const { code, stdout, stderr } = await cli(args);
    assert.equal(code, 0, stderr);
    assert.equal(stdout.toString(), 'to stdout\n');
    assert.match(
      stderr,
      / {2}Before optimising: fuel [\d,]+ \(now [+−][\d.]+ %\), \S+ KiB \(now \S+ KiB\)\n$/,
    );
  });

  it('builds and runs one, led by the view that its Cargo.toml names', async () => {
    const args = ['run', join(fixtures, 'cli', 'Cargo.toml'), '--bin', 'guest', '--input', 'both'];
    const { code, stdout, stderr } = await cli(args);
    assert.equal(code, 0, stderr);
    assert.equal(stdout.toString(), 'to stdout\n');
    assert.match(stderr, /✓ The OutLayer worker would succeed/);
  });

  it('takes the crate in the current folder where none is named', async () => {
    const cwd = join(fixtures, 'cli');
    const { code, stdout, stderr } = await cli(['run', '--bin', 'guest', '--input', 'both'], { cwd });
    assert.equal(code, 0, stderr);
    assert.equal(stdout.toString(), 'to stdout\n');
  });

  it('exits with 3 where a choice is missing, and names what there is', async () => {
    const { code, stdout, stderr } = await cli(['run', join(fixtures, 'cli')]);
    assert.equal(code, 3);
    assert.equal(stdout.length, 0);
    assert.match(stderr, /guest.*other/s);
  });

  it("exits with 3 where a crate does not compile, with rustc's words", async () => {
    const crate = join(fixtures, 'does-not-compile');
    const plain = await cli(['run', crate]);
    assert.equal(plain.code, 3);
    assert.equal(plain.stderr.match(/error\[E0308\]/g)?.length, 1, plain.stderr);
    const finished = await cli(['run', crate, '--json', '--quiet']);
    assert.equal(finished.code, 3);
    const { error, format } = resultOf(finished);
    assert.equal(format, null);
    assert.equal(error?.code, 'build-failed');
    assert.match(error.cause ?? '', /E0308/);
  });

  it('says what a folder without a Cargo.toml lacks', async () => {
    using scratch = scratchFolder();
    mkdirSync(join(scratch.path, 'empty'));
    const { code, stderr } = await cli(['build', join(scratch.path, 'empty')]);
    assert.equal(code, 3);
    assert.match(stderr, /Cargo\.toml/);
    assert.match(stderr, /→ /);
  });
});

describe('the examples', () => {
  const outputs = {
    'word-count': {
      format: 'p1',
      args: ['--target', 'wasm32-wasip1', '--input-file', 'input.json'],
      output: {
        words: 24,
        distinct: 10,
        top: [
          { word: 'it', count: 4 },
          { word: 'of', count: 4 },
          { word: 'the', count: 4 },
          { word: 'was', count: 4 },
        ],
      },
    },
    'price-feed': {
      format: 'p2',
      args: ['--input-file', 'input.json'],
      output: {
        prices: {
          'BTC/USD': { median: 64120.5, spread_percent: 0.05, sources: ['beta', 'alpha', 'gamma'] },
          'ETH/USD': { median: 3140.1, spread_percent: 0.08, sources: ['beta', 'gamma', 'alpha'] },
          'NEAR/USD': { median: 5.2, spread_percent: 0.38, sources: ['beta', 'alpha'] },
        },
        missing: ['SOL/USD'],
      },
    },
    checksum: {
      format: 'unknown',
      args: ['--input-file', 'input.txt'],
      output: { bytes: 9, crc32: 'cbf43926', adler32: '091e01de' },
    },
  } as const;

  for (const [name, { format, args, output }] of Object.entries(outputs)) {
    it(`${name} is built from source and answers its sample input`, async () => {
      const folder = join(examplesDir, name);
      const env = { CARGO_TARGET_DIR: examplesTargetDir };
      const finished = await cli(['run', '.', '--locked', '--json', ...args], { cwd: folder, env });
      assert.equal(finished.code, 0, finished.stderr);
      const result = resultOf(finished);
      assert.equal(result.format, format);
      assert.deepEqual(JSON.parse(result.output), output);
    });
  }
});
