import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { basename, dirname, join } from 'node:path';
import { cacheDir } from '../../scripts/lib/places.mjs';
import { explainFailure } from '../../src/compiler/knownFailures.ts';
import { ruleOfError } from '../../src/diagnostics/errors/ruleOfError.ts';
import type { ErrorValue } from '../../src/shared/workbenchError.ts';
import { type RuleCode } from '../../src/shared/ruleCode.ts';
import { buildGuest, cli, resultOf, scratchFolder } from './cli.ts';
import { writeFiles } from '../writeFiles.ts';

// What cargo, rustc and linkers say today of the mistakes that only a build shows: whoever changes their words fails
// here. What this machine can't be made to say is recorded in test/unit/compiler/knownFailures.test.ts:
// - of a rustc of 1.83 or older: that wasm32-wasi was renamed, and unsupported 2024 attributes;
// - of a clang that has no WASI headers: "'stdio.h' file not found", where a gcc without headers stands in below;
// - of a wasm-opt before version 120: "Bulk memory operations require bulk memory";
// - of Windows: os error 193 after `cargo run`.

const hello = 'fn main() { println!("1"); }\n';
const targetDir = join(cacheDir, 'fixtures-target', 'provoked');

const manifest = (name: string, more = '', edition = '2021') =>
  `[package]\nname = "provoked-${name}"\nversion = "0.1.0"\nedition = "${edition}"\n${more}`;

interface Provoked {
  readonly code: RuleCode;
  readonly files: Readonly<Record<string, string>>;
  /** wasm32-wasip1 where it is left out. */
  readonly target?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly hint: RegExp;
}

const dependency = (name: string, line: string) => ({
  'Cargo.toml': manifest(name, `\n[dependencies]\n${line}\n`),
  'src/main.rs': hello,
});

/** By our own build. */
const builds: Readonly<Record<string, Provoked>> = {
  'getrandom 0.2 without a system': {
    code: 'wasi/randomness',
    files: dependency('getrandom-2', 'getrandom = "0.2"'),
    target: 'wasm32-unknown-unknown',
    hint: /wasm32-wasip1 or wasm32-wasip2/,
  },
  'getrandom 0.3 without a system': {
    code: 'wasi/randomness',
    files: dependency('getrandom-3', 'getrandom = "0.3"'),
    target: 'wasm32-unknown-unknown',
    hint: /custom backend/,
  },
  'getrandom 0.4 without a system': {
    code: 'wasi/randomness',
    files: dependency('getrandom-4', 'getrandom = "0.4"'),
    target: 'wasm32-unknown-unknown',
    hint: /wasm32-wasip1 or wasm32-wasip2/,
  },
  'tokio with net': {
    code: 'wasi/sockets-crate',
    files: dependency('tokio', 'tokio = { version = "1", features = ["net"] }'),
    target: 'wasm32-wasip2',
    hint: /wasi:http/,
  },
  'mio without a system': {
    code: 'wasi/sockets-crate',
    files: dependency('mio', 'mio = { version = "1", features = ["net", "os-poll"] }'),
    target: 'wasm32-unknown-unknown',
    hint: /wasi:http/,
  },
  'mio, which cannot connect on preview 1': {
    code: 'wasi/sockets-crate',
    files: {
      ...dependency('mio-connects', 'mio = { version = "1", features = ["net", "os-poll"] }'),
      'src/main.rs':
        'fn main() { println!("{:?}", mio::net::TcpStream::connect("127.0.0.1:1".parse().unwrap())); }\n',
    },
    hint: /wasi:http/,
  },
  'openssl-sys, and no OpenSSL for WebAssembly': {
    code: 'wasi/c-code',
    files: dependency('openssl', 'openssl-sys = "0.9"'),
    hint: /pure Rust/,
  },
  'a library of C that is compiled without headers': {
    code: 'wasi/c-code',
    files: {
      'Cargo.toml': manifest('headers', '\n[build-dependencies]\ncc = "1"\n'),
      'src/main.rs': hello,
      'build.rs': 'fn main() { cc::Build::new().file("part.c").compile("part"); }\n',
      'part.c': '#include <stdio.h>\n',
    },
    env: { CC_wasm32_wasip1: 'cc', CFLAGS_wasm32_wasip1: '-nostdinc' },
    hint: /pure Rust/,
  },
  'a reactor whose entry nobody defines, as older toolchains asked for it': {
    code: 'wasi/missing-start',
    files: {
      'Cargo.toml': manifest('reactor', '\n[lib]\ncrate-type = ["cdylib"]\n'),
      'src/lib.rs': '#[no_mangle]\npub extern "C" fn process() {}\n',
    },
    env: { RUSTFLAGS: '-C link-arg=--entry=_initialize' },
    hint: /\[\[bin\]\] with fn main\(\)/,
  },
  'a standard library that is missing': {
    code: 'wasi/target-not-installed',
    files: { 'Cargo.toml': manifest('no-std'), 'src/main.rs': hello },
    env: { RUSTFLAGS: `--sysroot=${join('/nowhere')}` },
    hint: /rustup target add wasm32-wasip1/,
  },
  'C code, and no compiler that makes WebAssembly of it': {
    code: 'wasi/c-code',
    files: dependency('ring', 'ring = "0.17"'),
    env: { CC_wasm32_wasip1: 'clang-that-is-not-there' },
    hint: /pure Rust/,
  },
  'no component linker': {
    code: 'wasi/component-linker',
    files: { 'Cargo.toml': manifest('linker'), 'src/main.rs': hello },
    target: 'wasm32-wasip2',
    env: { CARGO_TARGET_WASM32_WASIP2_LINKER: join('/nowhere', 'wasm-component-ld') },
    hint: /rustup/,
  },
  'an attribute that edition 2024 wants unsafe': {
    code: 'wasi/unsafe-attribute',
    files: {
      'Cargo.toml': manifest('unsafe', '', '2024'),
      'src/main.rs': `#[no_mangle]\npub extern "C" fn f() {}\n${hello}`,
    },
    hint: /#\[unsafe\(no_mangle\)\]/,
  },
  'a package that wants a newer Rust': {
    code: 'wasi/newer-rustc',
    files: { 'Cargo.toml': manifest('newer', 'rust-version = "1.999"\n'), 'src/main.rs': hello },
    hint: /rustup update/,
  },
  'a library alone': {
    code: 'wasi/no-program',
    files: { 'Cargo.toml': manifest('library'), 'src/lib.rs': '' },
    hint: /fn main\(\)/,
  },
  'several programs': {
    code: 'wasi/several-programs',
    files: { 'Cargo.toml': manifest('several'), 'src/main.rs': hello, 'src/bin/other.rs': hello },
    hint: /--bin/,
  },
  'a root without main': {
    code: 'wasi/missing-start',
    files: { 'Cargo.toml': manifest('mainless'), 'src/main.rs': 'fn start() {}\n' },
    hint: /fn main\(\)/,
  },
  'a symbol that nothing defines': {
    code: 'wasi/unresolved-import',
    files: {
      'Cargo.toml': manifest('symbol'),
      'src/main.rs': 'unsafe extern "C" { fn from_c(); }\nfn main() { unsafe { from_c() } }\n',
    },
    target: 'wasm32-wasip2',
    hint: /from_c/,
  },
};

const connect = 'fn main() { std::net::TcpStream::connect("127.0.0.1:80").unwrap(); }\n';

/** By a run of what can be built. */
const runs: Readonly<Record<string, Provoked>> = {
  'a socket of a component': {
    code: 'wasi/network-denied',
    files: { 'Cargo.toml': manifest('socket'), 'src/main.rs': connect },
    target: 'wasm32-wasip2',
    hint: /Sockets are closed.*wasi:http/,
  },
  'a socket of a preview 1 module': {
    code: 'wasi/platform-unsupported',
    files: { 'Cargo.toml': manifest('socket'), 'src/main.rs': connect },
    hint: /wasm32-wasip1, sockets.*wasi:http/,
  },
};

/** By cargo alone, as people call it in a terminal. */
const calls: Readonly<Record<string, Provoked & { readonly args: readonly string[] }>> = {
  'the old target name': {
    code: 'wasi/old-target-name',
    files: { 'Cargo.toml': manifest('old-name'), 'src/main.rs': hello },
    args: ['build', '--target', 'wasm32-wasi'],
    hint: /wasm32-wasip1/,
  },
  'cargo run without a runner': {
    code: 'wasi/no-runner',
    files: { 'Cargo.toml': manifest('runner'), 'src/main.rs': hello },
    args: ['run', '--target', 'wasm32-wasip1'],
    hint: /wasi-workbench run/,
  },
  'cargo run of a library': {
    code: 'wasi/no-program',
    files: { 'Cargo.toml': manifest('run-library'), 'src/lib.rs': '' },
    args: ['run', '--target', 'wasm32-wasip1'],
    hint: /\[\[bin\]\]/,
  },
  'cargo run of several programs': {
    code: 'wasi/several-programs',
    files: { 'Cargo.toml': manifest('run-several'), 'src/main.rs': hello, 'src/bin/other.rs': hello },
    args: ['run', '--target', 'wasm32-wasip1'],
    hint: /default-run/,
  },
};

describe('mistakes that a build or a run shows', () => {
  for (const [title, provoked] of Object.entries({ ...builds, ...runs })) {
    it(`is known: ${title}`, async () => {
      using scratch = scratchFolder();
      writeFiles(scratch.path, provoked.files);
      const args = ['run', scratch.path, '--target', provoked.target ?? 'wasm32-wasip1', '--json', '--quiet'];
      const env = { ...provoked.env, CARGO_TARGET_DIR: targetDir };
      expectRule(resultOf(await cli(args, { env })).error as ErrorValue, provoked);
    });
  }

  for (const [title, provoked] of Object.entries(calls)) {
    it(`is known of cargo's own words: ${title}`, () => {
      using scratch = scratchFolder();
      writeFiles(scratch.path, provoked.files);
      const env = { ...process.env, CARGO_TARGET_DIR: targetDir };
      const { status, stderr } = spawnSync('cargo', provoked.args, {
        cwd: scratch.path,
        env,
        encoding: 'utf8',
      });
      assert.notEqual(status, 0);
      expectRule(explainFailure(stderr, 'cargo failed').value, provoked);
    });
  }

  for (const shell of ['sh', 'bash']) {
    it(`is known of a .wasm file that is started by ${shell}`, async function () {
      if (spawnSync(shell, ['-c', 'true']).status !== 0) this.skip();
      const guest = await buildGuest('wasm32-wasip1');
      const { status, stderr } = spawnSync(shell, [basename(guest)], {
        cwd: dirname(guest),
        encoding: 'utf8',
      });
      assert.notEqual(status, 0);
      expectRule(explainFailure(stderr, 'it failed').value, {
        code: 'wasi/no-runner',
        hint: /wasi-workbench run/,
      });
    });
  }

  it('is known: wasm-opt, where the list of features was stripped', async () => {
    using scratch = scratchFolder();
    writeFiles(scratch.path, {
      'Cargo.toml': manifest('stripped', '\n[profile.release]\nstrip = true\n'),
      // Converting a float takes an instruction that is a feature.
      'src/main.rs':
        'fn main() { let x: f64 = std::env::args().count() as f64; println!("{}", (x * 1.5) as i32); }\n',
    });
    const args = ['run', scratch.path, '--target', 'wasm32-wasip1', '--optimise', '--json', '--quiet'];
    const env = { CARGO_TARGET_DIR: targetDir };
    const result = resultOf(await cli(args, { env }));
    expectRule(result.error as ErrorValue, { code: 'wasi/wasm-opt-features', hint: /strip = "debuginfo"/ });
    const fixed = await cli(['check', scratch.path, '--fix', '--json']);
    assert.equal(fixed.code, 0, fixed.stdout.toString());
    assert.equal(resultOf(await cli(args, { env })).output, '0\n');
  });
});

function expectRule(error: ErrorValue | null, { code, hint }: Pick<Provoked, 'code' | 'hint'>): void {
  assert.ok(error, 'it did not fail');
  assert.equal(ruleOfError(error), code, JSON.stringify(error));
  assert.match(error.hint ?? '', hint);
}
