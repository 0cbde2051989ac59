import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { examplesDir } from '../../scripts/lib/places.mjs';
import { buildGuest, cli, resultOf, scratchFolder } from './cli.ts';
import { writeFiles } from '../writeFiles.ts';

interface CheckObject {
  readonly findings: readonly {
    readonly code: string;
    readonly severity: string;
    readonly file: string;
    readonly range: object;
    readonly message: string;
    readonly fixes: readonly string[];
  }[];
  readonly fixed?: readonly { readonly code: string; readonly file: string; readonly title: string }[];
  readonly error?: { readonly code: string };
}

async function check(...args: string[]): Promise<{ code: number | null; result: CheckObject }> {
  const { code, stdout } = await cli(['check', ...args, '--json']);
  return { code, result: JSON.parse(stdout.toString()) as CheckObject };
}

const manifest = (name: string, more = '') =>
  `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2021"\n${more}`;

const outlayer = '\n[package.metadata.wasi-workbench]\nprofile = "outlayer"\n';

describe('check on the command line', () => {
  for (const name of ['word-count', 'price-feed', 'checksum']) {
    it(`finds nothing in the example ${name}`, async () => {
      const { code, result } = await check(join(examplesDir, name));
      assert.deepEqual([code, result], [0, { findings: [] }]);
    });
  }

  it('tells people and scripts of a library, and exits with 1', async () => {
    using scratch = scratchFolder();
    writeFiles(scratch.path, {
      'Cargo.toml': manifest('a-library', '\n[lib]\ncrate-type = ["cdylib"]\n'),
      'src/lib.rs': '',
    });
    const { code, stdout } = await cli(['check', '.'], { cwd: scratch.path });
    assert.equal(code, 1);
    assert.match(
      stdout.toString(),
      /^Cargo\.toml:7:14 error wasi\/missing-start\n {2}This library can't be run/,
    );
    const { result } = await check(scratch.path);
    const [finding] = result.findings;
    assert.deepEqual(Object.keys(finding!), ['code', 'severity', 'file', 'range', 'message', 'fixes']);
    assert.deepEqual(finding?.range, { start: { line: 6, character: 13 }, end: { line: 6, character: 23 } });
    assert.deepEqual(finding.fixes, ['Make it a program: add src/main.rs with fn main']);
  });

  it('makes a program of a library, which then runs', async () => {
    using scratch = scratchFolder();
    writeFiles(scratch.path, {
      'Cargo.toml': manifest('fixed-library', '\n[lib] # mine\ncrate-type = ["cdylib"]\n'),
      'src/lib.rs':
        'pub fn shout(text: &str) -> String { format!("{{\\"text\\":{:?}}}", text.to_uppercase()) }\n#[no_mangle]\npub extern "C" fn process() {}\n',
    });
    const { code, result } = await check(scratch.path, '--fix');
    assert.equal(code, 0);
    assert.deepEqual(result.findings, []);
    assert.equal(result.fixed?.[0]?.code, 'wasi/missing-start');
    assert.match(readFileSync(join(scratch.path, 'Cargo.toml'), 'utf8'), /\[lib\] # mine\n/);
    for (const target of ['wasm32-wasip1', 'wasm32-wasip2']) {
      const run = await cli(['run', scratch.path, '--target', target, '--json', '--quiet'], {
        stdin: 'hello',
      });
      assert.equal(run.code, 0, run.stderr);
      assert.equal(resultOf(run).output, '{"text":"HELLO"}\n');
    }
  });

  it('moves a library that has a main, and gives a root its main', async () => {
    using scratch = scratchFolder();
    const moved = join(scratch.path, 'moved');
    writeFiles(moved, {
      'Cargo.toml': manifest('moved-library', '\n[lib]\ncrate-type = ["cdylib"]\n'),
      'src/lib.rs': 'pub fn main() { println!("{}", 1); }\n',
    });
    assert.equal((await check(moved, '--fix')).code, 0);
    assert.ok(!existsSync(join(moved, 'src', 'lib.rs')));
    const ran = await cli(['run', moved, '--target', 'wasm32-wasip1', '--quiet']);
    assert.deepEqual([ran.code, ran.stdout.toString()], [0, '1\n'], ran.stderr);

    const rootless = join(scratch.path, 'rootless');
    writeFiles(rootless, { 'Cargo.toml': manifest('without-main'), 'src/main.rs': '' });
    assert.equal((await check(rootless, '--fix')).code, 0);
    const run = await cli(['run', rootless, '--target', 'wasm32-wasip1', '--quiet'], { stdin: 'four' });
    assert.deepEqual([run.code, run.stdout.toString()], [0, '{"inputBytes":4}\n'], run.stderr);
  });

  it('mends sources, which then build, and fail in words where the input is wrong', async () => {
    using scratch = scratchFolder();
    writeFiles(scratch.path, {
      'Cargo.toml': manifest(
        'mended-sources',
        `\n[dependencies]\nserde_json = "1"\n\n[profile.release]\nstrip = true\n${outlayer}`,
      ).replace('2021', '2024'),
      '.cargo/config.toml': '[build]\ntarget = "wasm32-wasi"\n',
      'src/main.rs': `use std::{env, process};

#[no_mangle]
pub extern "C" fn helper() {}

fn main() {
    let input = std::io::read_to_string(std::io::stdin()).unwrap_or_default();
    let count: u32 = serde_json::from_str(&input).unwrap();
    println!("Counting to {count}");
    let name = env::var("NAME").unwrap();
    println!("{}", serde_json::json!({ "count": count, "name": name }));
    process::exit(0);
}
`,
    });
    const { code, result } = await check(scratch.path, '--fix');
    assert.deepEqual([code, result.findings], [0, []]);
    assert.deepEqual([...new Set(result.fixed?.map((each) => each.code))].sort(), [
      'wasi/env-unwrap',
      'wasi/exit-zero',
      'wasi/input-unwrap',
      'wasi/noise-in-json',
      'wasi/old-target-name',
      'wasi/release-profile',
      'wasi/stripped-names',
      'wasi/unsafe-attribute',
    ]);
    const options = ['run', scratch.path, '--target', 'wasm32-wasip1', '--json', '--quiet'];
    const good = await cli([...options, '--env', 'NAME=x'], { stdin: '3' });
    assert.equal(good.code, 0, good.stderr);
    const { output, worker } = resultOf(good);
    assert.equal(output, '{"count":3,"name":"x"}\n');
    assert.equal(worker.success, true);
    assert.match(
      resultOf(await cli([...options, '--env', 'NAME=x'], { stdin: 'x3' })).stderr,
      /the input is not the JSON that is expected: expected value/,
    );
    assert.match(resultOf(await cli(options, { stdin: '3' })).stderr, /^NAME is not set$/m);
  });

  it('says why --fix left something', async () => {
    using scratch = scratchFolder();
    writeFiles(scratch.path, { 'Cargo.toml': manifest('plain-library'), 'src/lib.rs': '' });
    const plain = await cli(['check', '.'], { cwd: scratch.path });
    assert.doesNotMatch(plain.stdout.toString(), /^!/m);
    const { code, stdout } = await cli(['check', '.', '--fix'], { cwd: scratch.path });
    assert.equal(code, 1);
    assert.match(stdout.toString(), /→ Make it a program.*\n! --fix makes only changes that are safe unseen/);
    writeFiles(scratch.path, {
      'Cargo.toml': manifest('with-threads'),
      'src/main.rs': 'fn main() { std::thread::spawn(|| println!("1")); }\n',
    });
    const threads = await cli(['check', '.', '--fix'], { cwd: scratch.path });
    assert.match(threads.stdout.toString(), /\n! --fix can make none of what is left/);
  });

  it('reads arguments from stdin, once it is asked to', async () => {
    using scratch = scratchFolder();
    writeFiles(scratch.path, {
      'Cargo.toml': manifest('with-arguments', outlayer),
      'src/main.rs': 'fn main() { let n = std::env::args().nth(1); println!("{n:?}"); }\n',
    });
    const { code, result } = await check(scratch.path, '--fix');
    assert.equal(code, 1);
    assert.deepEqual(result.fixed, []);
    assert.deepEqual(result.findings[0]?.fixes, ['Read the arguments from stdin, one a line']);
  });

  it('says of a binary what it is not', async () => {
    using scratch = scratchFolder();
    const program = await buildGuest('wasm32-wasip1');
    assert.deepEqual(await check(program), { code: 0, result: { findings: [] } });
    const { code, result } = await check(program, '--target', 'wasm32-wasip2');
    assert.equal(code, 1);
    assert.deepEqual(
      result.findings.map((finding) => finding.code),
      ['wasi/not-a-component'],
    );
    const misplaced = join(scratch.path, 'target', 'wasm32-wasip2', 'release', 'guest.wasm');
    mkdirSync(dirname(misplaced), { recursive: true });
    copyFileSync(program, misplaced);
    assert.deepEqual((await check(misplaced)).result.findings[0]?.fixes, [
      'Adapt this module into a component',
      'Build and run for wasm32-wasip2',
    ]);
    writeFiles(scratch.path, { 'page.wasm': '<!doctype html>' });
    assert.match((await check(join(scratch.path, 'page.wasm'))).result.findings[0]!.message, /an HTML page/);
  });

  it('exits with 2 for what it cannot check', async () => {
    using scratch = scratchFolder();
    for (const args of [[], ['nowhere'], [scratch.path], ['a', 'b'], [examplesDir, '--target', 'x86_64']]) {
      const { code, result } = await check(...args);
      assert.equal(code, 2, args.join(' '));
      assert.deepEqual(result.findings, []);
      assert.ok(result.error);
    }
    writeFiles(scratch.path, { 'a.wasm': '' });
    assert.equal((await check(join(scratch.path, 'a.wasm'), '--fix')).code, 2);
  });

  it('explains itself', async () => {
    const { code, stdout } = await cli(['check', '--help']);
    assert.equal(code, 0);
    assert.match(stdout.toString(), /--fix/);
  });
});
