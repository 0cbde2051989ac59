import assert from 'node:assert/strict';
import { join } from 'node:path';
import { applyFix } from '../../../src/diagnostics/applyFix.ts';
import { fixAll } from '../../../src/diagnostics/fixAll.ts';
import type { RuleCode } from '../../../src/shared/ruleCode.ts';
import { check, crateDir, type FileTexts, manifest, MemoryFiles, outlayer } from './support.ts';

interface FixCase {
  readonly code: RuleCode;
  readonly fix: string;
  readonly before: FileTexts;
  /** Only the files that change; undefined where one is gone. */
  readonly after: Readonly<Record<string, string | undefined>>;
}

const program = (source: string, more = '', edition = '2021'): FileTexts => ({
  'Cargo.toml': manifest(more, edition),
  'src/main.rs': source,
});

/** A change of src/main.rs alone. */
const inMain = (code: RuleCode, fix: string, before: string, after: string, more = ''): FixCase => ({
  code,
  fix,
  before: program(before, more),
  after: { 'src/main.rs': after },
});

const template = (print: string) =>
  `fn main() -> std::io::Result<()> {\n    let input = std::io::read_to_string(std::io::stdin())?;\n    ${print}\n    Ok(())\n}\n`;
const countsBytes = template('println!(r#"{{"inputBytes":{}}}"#, input.len());');

const cases: Readonly<Record<string, FixCase>> = {
  'a library becomes a program that is beside it': {
    code: 'wasi/missing-start',
    fix: 'Make it a program: add src/main.rs with fn main',
    before: {
      'Cargo.toml': manifest(
        '\n# a library\n[lib] # of mine\ncrate-type = ["cdylib", "rlib"] # both\n\n# nothing yet\n[dependencies]\n',
      ),
      'src/lib.rs': 'pub fn f() {}\n',
    },
    after: {
      'Cargo.toml': manifest(
        '\n# a library\n[lib] # of mine\ncrate-type = ["rlib"] # both\n\n[[bin]]\nname = "app"\npath = "src/main.rs"\n\n# nothing yet\n[dependencies]\n',
      ),
      'src/main.rs': countsBytes,
    },
  },
  'the program calls what takes text and gives text': {
    code: 'wasi/missing-start',
    fix: 'Make it a program: add src/main.rs with fn main',
    before: {
      'Cargo.toml': manifest('\n[lib]\nname = "my-lib"\ncrate-type = ["cdylib"]\n'),
      'src/lib.rs':
        'pub fn convert(text: &str) -> String { text.into() }\n#[no_mangle]\npub extern "C" fn _start() {}\n',
      '.cargo/config.toml': '[build]\ntarget = "wasm32-wasip1"\n',
    },
    after: {
      'Cargo.toml': manifest(
        '\n[lib]\nname = "my-lib"\ncrate-type = ["lib"]\n\n[[bin]]\nname = "app"\npath = "src/main.rs"\n',
      ),
      'src/lib.rs': 'pub fn convert(text: &str) -> String { text.into() }\n\npub extern "C" fn _start() {}\n',
      'src/main.rs': template('println!("{}", my_lib::convert(&input));'),
    },
  },
  'a library with a fn main moves': {
    code: 'wasi/missing-start',
    fix: 'Make it a program: move src/lib.rs to src/main.rs',
    before: {
      'Cargo.toml': manifest(
        '\n[lib] # why\ncrate-type = ["cdylib"] # so\n\n[profile.release]\nlto = true\n',
      ),
      'src/lib.rs': 'pub fn main() { println!("1"); }\n',
    },
    after: {
      'Cargo.toml': manifest(
        '\n[[bin]] # why\nname = "app"\npath = "src/main.rs" # so\n\n[profile.release]\nlto = true\n',
      ),
      'src/lib.rs': undefined,
      'src/main.rs': 'pub fn main() { println!("1"); }\n',
    },
  },
  'a manifest keeps its CRLF, and what is made beside it has the same': {
    code: 'wasi/missing-start',
    fix: 'Make it a program: add src/main.rs with fn main',
    before: {
      'Cargo.toml': manifest('\n[lib]\ncrate-type = ["cdylib"]\n').replaceAll('\n', '\r\n'),
      'src/lib.rs': '',
    },
    after: {
      'Cargo.toml': manifest(
        '\n[lib]\ncrate-type = ["lib"]\n\n[[bin]]\nname = "app"\npath = "src/main.rs"\n',
      ).replaceAll('\n', '\r\n'),
      'src/main.rs': countsBytes.replaceAll('\n', '\r\n'),
    },
  },
  'a plain library gets a program': {
    code: 'wasi/no-program',
    fix: 'Make it a program: add src/main.rs with fn main',
    before: { 'Cargo.toml': manifest('\n[dependencies]\n'), 'src/lib.rs': 'pub fn f() {}\n' },
    after: {
      'Cargo.toml': manifest('\n[[bin]]\nname = "app"\npath = "src/main.rs"\n\n[dependencies]\n'),
      'src/main.rs': countsBytes,
    },
  },
  'a root gets a fn main': inMain(
    'wasi/missing-start',
    'Add fn main that reads stdin and prints JSON',
    'fn helper() {}\n',
    `fn helper() {}\n\n${countsBytes}`,
  ),
  'a root with CRLF keeps it': inMain(
    'wasi/missing-start',
    'Add fn main that reads stdin and prints JSON',
    'fn helper() {}\r\n',
    `fn helper() {}\r\n\r\n${countsBytes.replaceAll('\n', '\r\n')}`,
  ),
  'the old target name': {
    code: 'wasi/old-target-name',
    fix: 'Replace with wasm32-wasip1',
    before: { ...program('fn main() {}\n'), '.cargo/config.toml': '[build]\ntarget = "wasm32-wasi" # old\n' },
    after: { '.cargo/config.toml': '[build]\ntarget = "wasm32-wasip1" # old\n' },
  },
  'the old target name in Cargo.toml': {
    code: 'wasi/old-target-name',
    fix: 'Replace with wasm32-wasip1',
    before: program('fn main() {}\n', '\n[target.wasm32-wasi.dependencies]\na = "1"\n'),
    after: { 'Cargo.toml': manifest('\n[target.wasm32-wasip1.dependencies]\na = "1"\n') },
  },
  'a target without wasi:http': {
    code: 'wasi/http-needs-p2',
    fix: 'Build for wasm32-wasip2 from now on',
    before: {
      ...program('fn main() {}\n', '\n[dependencies]\nwaki = "0.5"\n'),
      '.cargo/config.toml': '[build] # mine\ntarget = "wasm32-wasip1" # so\n',
    },
    after: { '.cargo/config.toml': '[build] # mine\ntarget = "wasm32-wasip2" # so\n' },
  },
  'a default program': {
    code: 'wasi/several-programs',
    fix: 'Make app the default program',
    before: {
      ...program('fn main() {}\n'),
      'Cargo.toml': manifest().replace('"app"', '"app" # mine').replaceAll('\n', '\r\n'),
      'src/bin/b.rs': 'fn main() {}\n',
    },
    after: {
      'Cargo.toml': manifest().replace('"app"', '"app" # mine\ndefault-run = "app"').replaceAll('\n', '\r\n'),
    },
  },
  'a profile by its name': {
    code: 'wasi/unknown-metadata',
    fix: 'Replace with outlayer',
    before: program('fn main() {}\n', '\n[package.metadata.wasi-workbench]\nprofile = "outlyer" # pays\n'),
    after: { 'Cargo.toml': manifest('\n[package.metadata.wasi-workbench]\nprofile = "outlayer" # pays\n') },
  },
  lto: {
    code: 'wasi/release-profile',
    fix: 'Add lto = true',
    before: program('fn main() {}\n', '\n[profile.release] # small\npanic = "abort"\n'),
    after: { 'Cargo.toml': manifest('\n[profile.release] # small\nlto = true\npanic = "abort"\n') },
  },
  strip: {
    code: 'wasi/stripped-names',
    fix: 'Strip debug information only',
    before: program('fn main() {}\n', '\n[profile.release]\nlto = true\nstrip = true # small\n'),
    after: { 'Cargo.toml': manifest('\n[profile.release]\nlto = true\nstrip = "debuginfo" # small\n') },
  },
  'an unsafe attribute': {
    code: 'wasi/unsafe-attribute',
    fix: 'Wrap it in unsafe(…)',
    before: program('#[no_mangle]\npub fn f() {}\nfn main() {}\n', '', '2024'),
    after: { 'src/main.rs': '#[unsafe(no_mangle)]\npub fn f() {}\nfn main() {}\n' },
  },
  'arguments from stdin': inMain(
    'wasi/args',
    'Read the arguments from stdin, one a line',
    'use std::env;\nfn main() { println!("{:?}", 1); let n = env::args().nth(1); drop(n); }\n',
    'use std::env;\nfn main() { println!("{:?}", 1); let n = std::iter::once(String::new()).chain(std::io::stdin().lines().map_while(Result::ok)).nth(1); drop(n); }\n',
    outlayer,
  ),
  'exit at the end': inMain(
    'wasi/exit-zero',
    'Return from main',
    'fn main() { println!("1"); std::process::exit(0); }\n',
    'fn main() { println!("1"); return; }\n',
    outlayer,
  ),
  'exit of a main with a result': inMain(
    'wasi/exit-zero',
    'Return from main',
    'fn main() -> std::io::Result<()> { std::process::exit(0) }\n',
    'fn main() -> std::io::Result<()> { return Ok(()) }\n',
    outlayer,
  ),
  'a result on stderr': inMain(
    'wasi/no-output',
    'Print the last message to stdout',
    'fn main() { eprintln!("start"); eprintln!("{}", 1); }\n',
    'fn main() { eprintln!("start"); println!("{}", 1); }\n',
  ),
  'a message in JSON': inMain(
    'wasi/noise-in-json',
    'Print it to stderr',
    'fn main() { println!("Working"); println!("{}", serde_json::json!({})); }\n',
    'fn main() { eprintln!("Working"); println!("{}", serde_json::json!({})); }\n',
  ),
  'a variable, where main returns nothing': inMain(
    'wasi/env-unwrap',
    'Print an error that says so, and exit',
    'fn main() { let k = std::env::var("KEY").unwrap(); println!("{k}"); }\n',
    'fn main() { let k = std::env::var("KEY").unwrap_or_else(|_| { eprintln!("KEY is not set"); std::process::exit(1) }); println!("{k}"); }\n',
  ),
  'a variable in the arguments of a macro': inMain(
    'wasi/env-unwrap',
    'Print an error that says so, and exit',
    'fn main() { println!("{}", std::env::var("KEY").unwrap()); }\n',
    'fn main() { println!("{}", std::env::var("KEY").unwrap_or_else(|_| { eprintln!("KEY is not set"); std::process::exit(1) })); }\n',
  ),
  'a variable, where main returns any error': inMain(
    'wasi/env-unwrap',
    'Return an error that says so',
    'use std::error::Error;\nfn main() -> Result<(), Box<dyn Error>> { let k = std::env::var("KEY").unwrap(); println!("{k}"); Ok(()) }\n',
    'use std::error::Error;\nfn main() -> Result<(), Box<dyn Error>> { let k = std::env::var("KEY").map_err(|_| "KEY is not set")?; println!("{k}"); Ok(()) }\n',
  ),
  'the input': inMain(
    'wasi/input-unwrap',
    'Print an error that says so, and exit',
    'fn main() { let v: i32 = serde_json::from_reader(std::io::stdin()).unwrap(); println!("{v}"); }\n',
    'fn main() { let v: i32 = serde_json::from_reader(std::io::stdin()).unwrap_or_else(|error| { eprintln!("the input is not the JSON that is expected: {error}"); std::process::exit(1) }); println!("{v}"); }\n',
  ),
  'an absolute path': inMain(
    'wasi/absolute-path',
    'Use a relative path',
    'fn main() { let _ = std::fs::read("/tmp/a/b.txt"); }\n',
    'fn main() { let _ = std::fs::read("a/b.txt"); }\n',
  ),
};

describe('fixes', () => {
  for (const [title, { code, fix: wanted, before, after }] of Object.entries(cases)) {
    it(`mends: ${title}`, async () => {
      const files = new MemoryFiles(before);
      const [finding] = (await check(files)).filter((each) => each.code === code);
      const fix = finding?.fixes.find((each) => each.title === wanted);
      assert.ok(fix, `no such fix: ${JSON.stringify(finding)}`);
      assert.equal(await applyFix(fix, files), true);
      const expected = Object.entries({ ...before, ...after }).filter(([, text]) => text !== undefined);
      assert.deepEqual(files.relative, Object.fromEntries(expected));
      assert.deepEqual(
        (await check(files)).filter((each) => each.code === code),
        [],
      );
    });
  }

  it('are refused, and change nothing, where a file is in the way', async () => {
    const files = new MemoryFiles({
      'Cargo.toml': manifest('\n[lib]\ncrate-type = ["cdylib"]\n'),
      'src/lib.rs': '',
    });
    const [finding] = await check(files);
    await files.write(join(crateDir, 'src', 'main.rs'), '// mine\n');
    const before = files.relative;
    assert.equal(await applyFix(finding!.fixes[0]!, files), false);
    assert.deepEqual(files.relative, before);
  });

  it('have a return only where it leaves main', async () => {
    const found = await check(
      program(
        'fn main() { let f = || std::process::exit(0); f(); g() }\nfn g() { std::process::exit(0) }\n',
        outlayer,
      ),
    );
    assert.deepEqual(
      found.map(({ code, fixes }) => [code, fixes.length]),
      [
        ['wasi/exit-zero', 0],
        ['wasi/exit-zero', 0],
      ],
    );
  });

  it('that are safe are made together, until none is left', async () => {
    const files = new MemoryFiles(
      program(
        'fn main() { let a = std::env::var("A").unwrap(); let b = std::env::var("B").unwrap(); println!("{a}{b}"); std::process::exit(0) }\n',
        `${outlayer}\n[profile.release]\nstrip = true\n`,
      ),
    );
    const { fixed, left } = await fixAll(() => check(files), files);
    assert.deepEqual(fixed.map(({ finding }) => finding.code).sort(), [
      'wasi/env-unwrap',
      'wasi/env-unwrap',
      'wasi/exit-zero',
      'wasi/release-profile',
      'wasi/stripped-names',
    ]);
    assert.deepEqual(left, []);
    assert.match(files.relative['src/main.rs']!, /"A is not set".*"B is not set".*return \}/);
  });
});
