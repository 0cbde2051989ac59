import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/lib/places.mjs';
import { writeFiles } from '../writeFiles.ts';
import { cli, scratchFolder } from './cli.ts';

const crate = join(root, 'test', 'fixtures', 'cases');

interface Tested {
  readonly success: boolean;
  readonly cases: readonly {
    readonly name: string;
    readonly passed: boolean;
    readonly mismatches: readonly { property: string; expected: string; actual: string }[];
    readonly fuel: number | null;
    readonly error: { code: string } | null;
  }[];
  readonly error: { code: string; cause: string } | null;
}

const parsed = (stdout: Buffer) => JSON.parse(stdout.toString()) as Tested;

describe('saved inputs on the command line', () => {
  it('pass where output, exit code and fuel are as expected', async () => {
    const { code, stdout, stderr } = await cli(['test', crate, '--case', 'everything', '--case', 'exit']);
    assert.equal(code, 0, stderr);
    assert.match(
      stdout.toString(),
      /^✓ everything: [\d,]+ fuel \(wasmtime-28\)\n✓ exit: .*\n2 passed, 0 failed\n$/,
    );
  });

  it('fail with what was expected and what came instead, and exit with 1', async () => {
    const { code, stdout } = await cli(['test', crate, '--json', '--case', 'output', '--case', 'fuel']);
    assert.equal(code, 1);
    const { success, cases } = parsed(stdout);
    assert.equal(success, false);
    assert.deepEqual(
      cases.map(({ name, passed, mismatches }) => [name, passed, mismatches.map(({ property }) => property)]),
      [
        ['output', false, ['output']],
        ['fuel', false, ['fuel']],
      ],
    );
    assert.equal(cases[0]!.mismatches[0]!.expected, 'nothing');
    assert.equal(cases[1]!.mismatches[0]!.actual, String(cases[1]!.fuel));
  });

  it('take secrets from the environment, and exit with 2 where one is missing', async () => {
    const args = ['test', crate, '--json', '--case', 'secret'];
    const empty = await cli(args, { env: { KEY: '' } });
    assert.match(parsed(empty.stdout).cases[0]!.mismatches[0]!.actual, /"key":""/);
    const given = await cli(args, { env: { KEY: 'hidden' } });
    assert.match(parsed(given.stdout).cases[0]!.mismatches[0]!.actual, /"key":"hidden"/);
    using scratch = scratchFolder();
    cpSync(crate, scratch.path, { recursive: true });
    const file = join(scratch.path, '.wasi-workbench', 'inputs.json');
    writeFileSync(file, '{"cases": [{"name": "a", "secrets": ["WORKBENCH_NO_SUCH_SECRET"]}]}');
    const { code, stdout } = await cli(['test', scratch.path]);
    assert.equal(code, 2);
    assert.match(stdout.toString(), /✗ a\n.*WORKBENCH_NO_SUCH_SECRET has no value/);
  });

  it('are reported to JUnit, whatever characters a program prints', async () => {
    using scratch = scratchFolder();
    const report = join(scratch.path, 'report.xml');
    assert.equal(
      (await cli(['test', crate, '--junit', report, '--case', 'output', '--case', 'exit'])).code,
      1,
    );
    const xml = readFileSync(report, 'utf8');
    assert.match(xml, /<testsuite name="cases" tests="2" failures="1" errors="0"/);
    assert.match(xml, /<testcase classname="cases" name="exit" time="[\d.]+"\/>/);
    assert.match(xml, /<failure type="output"[^>]*>[^<]*&lt;&amp;[^<]*<\/failure>/);
  });

  it('exit with 2 where the file is missing or wrong, and name the places', async () => {
    const missing = await cli(['test', join(root, 'test', 'fixtures', 'cli')]);
    assert.equal(missing.code, 2);
    assert.match(missing.stderr, /no saved inputs/);
    using scratch = scratchFolder();
    writeFiles(scratch.path, { '.wasi-workbench/inputs.json': '{"cases": [{"nam": "a"}]}' });
    const wrong = await cli(['test', scratch.path, '--json']);
    assert.equal(wrong.code, 2);
    const { error } = parsed(wrong.stdout);
    assert.equal(error!.code, 'usage');
    assert.match(error!.cause, /inputs\.json:1:13: .*“nam”.*“name”/);
    const unknown = await cli(['test', crate, '--case', 'everythin']);
    assert.equal(unknown.code, 2);
    assert.match(unknown.stderr, /Did you mean everything\? Its cases are /);
  });

  it('exit with 3 where the crate does not build', async () => {
    using scratch = scratchFolder();
    cpSync(join(root, 'test', 'fixtures', 'does-not-compile'), scratch.path, { recursive: true });
    writeFiles(scratch.path, { '.wasi-workbench/inputs.json': '{"cases": [{"name": "a"}]}' });
    const { code, stdout } = await cli(['test', scratch.path, '--json']);
    assert.equal(code, 3);
    assert.equal(parsed(stdout).cases[0]!.error!.code, 'build-failed');
  });
});
