import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { applyFix, type WritableFiles } from '../../src/diagnostics/applyFix.ts';
import { checkFolder } from '../../src/diagnostics/checkFolder.ts';
import { CrateReader } from '../../src/diagnostics/crateReader.ts';
import { findingOfError } from '../../src/diagnostics/errors/errorFinding.ts';
import { diskFiles } from '../../src/diagnostics/files.ts';
import type { Finding } from '../../src/diagnostics/finding.ts';
import type { RuleCode } from '../../src/shared/ruleCode.ts';
import { adaptToComponent } from '../../src/compiler/adapt.ts';
import { errorValue } from '../../src/shared/workbenchError.ts';
import { rustReader } from '../unit/diagnostics/support.ts';
import { buildGuest, cli, resultOf, type ResultObject, scratchFolder } from './cli.ts';
import { writeFiles } from '../writeFiles.ts';

type Files = Readonly<Record<string, string>>;

interface Fixed {
  readonly code: RuleCode;
  /** The title of the fix. */
  readonly fix: string;
  readonly files: Files;
  /** Of the run of what is built then. */
  readonly args?: readonly string[];
  readonly target?: string;
  readonly stdin?: string;
  /** Undefined where it is to succeed. */
  readonly fails?: RegExp;
  readonly output: string;
  /** Whether it failed before the fix, with the same input. */
  readonly failedBefore?: true;
}

const manifest = (more = '', edition = '2021') =>
  `[package]\nname = "mended"\nversion = "0.1.0"\nedition = "${edition}"\n${more}`;
const outlayer = '\n[package.metadata.wasi-workbench]\nprofile = "outlayer"\n';
const program = (main: string, more = '', edition = '2021'): Files => ({
  'Cargo.toml': manifest(more, edition),
  'src/main.rs': main,
});
const hello = 'fn main() { println!("1"); }\n';
const counts = '{"inputBytes":4}\n';
const addMain = 'Make it a program: add src/main.rs with fn main';
const exitsWithWords = 'Print an error that says so, and exit';

/** Found by reading, mended, then built and run. */
const read: Readonly<Record<string, Fixed>> = {
  'a cdylib gets a program that calls it': {
    code: 'wasi/missing-start',
    fix: addMain,
    files: {
      'Cargo.toml': manifest('\n[lib]\ncrate-type = ["cdylib"]\n'),
      'src/lib.rs': 'pub fn shout(text: &str) -> String { text.to_uppercase() }\n',
    },
    stdin: 'four',
    output: 'FOUR\n',
    failedBefore: true,
  },
  'a cdylib written inline gets one that prints JSON': {
    code: 'wasi/missing-start',
    fix: addMain,
    files: {
      'Cargo.toml': `lib = { crate-type = ["cdylib"] }\n${manifest()}`,
      'src/lib.rs': '#[no_mangle]\npub extern "C" fn process() {}\n',
    },
    stdin: 'four',
    output: counts,
  },
  'a library with a main moves': {
    code: 'wasi/missing-start',
    fix: 'Make it a program: move src/lib.rs to src/main.rs',
    files: {
      'Cargo.toml': manifest('\n[lib]\ncrate-type = ["cdylib"]\n'),
      'src/lib.rs': 'mod part;\npub fn main() { println!("{}", part::one()) }\n',
      'src/part.rs': 'pub fn one() -> u8 { 1 }\n',
    },
    output: '1\n',
    failedBefore: true,
  },
  'a plain library gets a program': {
    code: 'wasi/no-program',
    fix: addMain,
    files: { 'Cargo.toml': manifest(), 'src/lib.rs': 'pub fn f() {}\n' },
    stdin: 'four',
    output: counts,
    failedBefore: true,
  },
  'an empty package gets one': {
    code: 'wasi/no-program',
    fix: addMain,
    files: { 'Cargo.toml': manifest() },
    stdin: 'four',
    output: counts,
    failedBefore: true,
  },
  'a root gets its main': {
    code: 'wasi/missing-start',
    fix: 'Add fn main that reads stdin and prints JSON',
    files: program('fn _helper() {}\n'),
    stdin: 'four',
    output: counts,
    failedBefore: true,
  },
  'a default program is chosen': {
    code: 'wasi/several-programs',
    fix: 'Make other the default program',
    files: { ...program(hello), 'src/bin/other.rs': 'fn main() { println!("2"); }\n' },
    output: '2\n',
    failedBefore: true,
  },
  'an attribute becomes unsafe': {
    code: 'wasi/unsafe-attribute',
    fix: 'Wrap it in unsafe(…)',
    files: program(`#[no_mangle]\npub extern "C" fn f() {}\n${hello}`, '', '2024'),
    output: '1\n',
    failedBefore: true,
  },
  'a configured target gets its new name': {
    code: 'wasi/old-target-name',
    fix: 'Replace with wasm32-wasip1',
    files: { ...program(hello), '.cargo/config.toml': '[build]\ntarget = "wasm32-wasi"\n' },
    output: '1\n',
  },
  'a dependency of the old target is one again': {
    code: 'wasi/old-target-name',
    fix: 'Replace with wasm32-wasip1',
    files: {
      ...program(
        'fn main() { println!("{}", part::one()); }\n',
        '\n[target.wasm32-wasi.dependencies]\npart = { path = "part" }\n',
      ),
      'part/Cargo.toml': manifest().replace('mended', 'part'),
      'part/src/lib.rs': 'pub fn one() -> u8 { 1 }\n',
    },
    output: '1\n',
    failedBefore: true,
  },
  'a profile gets the name that was meant': {
    code: 'wasi/unknown-metadata',
    fix: 'Replace with wasi',
    files: program(hello, '\n[package.metadata.wasi-workbench]\nprofile = "wsai"\n'),
    output: '1\n',
  },
  'the release profile gets lto': {
    code: 'wasi/release-profile',
    fix: 'Add lto = true',
    files: program(hello, '\n[profile.release]\npanic = "abort"\n'),
    output: '1\n',
  },
  'names are kept': {
    code: 'wasi/stripped-names',
    fix: 'Strip debug information only',
    files: program(hello, '\n[profile.release]\nlto = true\nstrip = true\n'),
    output: '1\n',
  },
  'arguments come from stdin': {
    code: 'wasi/args',
    fix: 'Read the arguments from stdin, one a line',
    files: program('fn main() { println!("{}", std::env::args().nth(2).unwrap_or_default()); }\n', outlayer),
    stdin: 'first\nsecond\n',
    output: 'second\n',
  },
  'main returns where it exited': {
    code: 'wasi/exit-zero',
    fix: 'Return from main',
    files: program('fn main() { println!("1"); std::process::exit(0); }\n', outlayer),
    output: '1\n',
    failedBefore: true,
  },
  'the result goes to stdout': {
    code: 'wasi/no-output',
    fix: 'Print the last message to stdout',
    files: program('fn main() { eprintln!("start"); eprintln!("{}", 1); }\n'),
    output: '1\n',
  },
  'a message leaves the JSON': {
    code: 'wasi/noise-in-json',
    fix: 'Print it to stderr',
    files: program(
      'macro_rules! json { ($e:expr) => { $e } }\nfn main() { println!("Working"); println!("{}", json!(1)); }\n',
    ),
    output: '1\n',
  },
  'a variable is named where main returns nothing': {
    code: 'wasi/env-unwrap',
    fix: exitsWithWords,
    files: program('fn main() { let k = std::env::var("KEY").unwrap(); println!("{k}"); }\n'),
    fails: /KEY is not set/,
    output: '',
    failedBefore: true,
  },
  'a variable is named where main returns any error': {
    code: 'wasi/env-unwrap',
    fix: 'Return an error that says so',
    files: program(
      'fn main() -> Result<(), Box<dyn std::error::Error>> { println!("{}", std::env::var("KEY").unwrap()); Ok(()) }\n',
    ),
    args: ['--env', 'KEY=1'],
    output: '1\n',
  },
  'the input is named': {
    code: 'wasi/input-unwrap',
    fix: exitsWithWords,
    files: program(
      'fn main() { let n: u32 = serde_json::from_reader(std::io::stdin()).unwrap(); println!("{n}"); }\n',
      '\n[dependencies]\nserde_json = "1"\n',
    ),
    stdin: 'x',
    fails: /the input is not the JSON that is expected: expected value/,
    output: '',
    failedBefore: true,
  },
  'a path becomes one of a folder that is given': {
    code: 'wasi/absolute-path',
    fix: 'Use a relative path',
    files: {
      ...program('fn main() { print!("{}", std::fs::read_to_string("/tmp/data/a.txt").unwrap()); }\n'),
      'data/a.txt': 'a\n',
    },
    args: ['--dir', './data::data'],
    output: 'a\n',
    failedBefore: true,
  },
};

const deep = `fn depth(n: u64) -> u64 {
    let room = std::hint::black_box([n; 64]);
    if n == 0 { room[0] } else { depth(n - 1) + room[63] }
}
fn main() { println!("{}", depth(3000)); }
`;

/** Found in how a run ends, mended, then built and run again. */
const ended: Readonly<Record<string, Fixed>> = {
  'a larger stack': {
    code: 'wasi/stack-overflow',
    fix: 'Give it a stack of 8 MiB',
    files: program(deep),
    output: '4501500\n',
  },
  'a larger stack beside other flags': {
    code: 'wasi/stack-overflow',
    fix: 'Give it a stack of 8 MiB',
    files: {
      ...program(deep),
      '.cargo/config.toml': '[build]\nrustflags = ["-C", "debuginfo=0"] # mine\n',
    },
    target: 'wasm32-wasip2',
    output: '4501500\n',
  },
};

describe('fixes that are applied', () => {
  for (const [title, given] of Object.entries(read)) {
    it(`leave a crate that builds and runs: ${title}`, async () => {
      using scratch = scratchFolder();
      writeFiles(scratch.path, given.files);
      if (given.failedBefore) assert.ok(isFailure(await run(scratch.path, given)), 'it ran before');
      const findings = await check(scratch.path);
      await apply(
        findings.find(({ code }) => code === given.code),
        given.fix,
      );
      assert.deepEqual(
        (await check(scratch.path)).filter(({ code }) => code === given.code),
        [],
      );
      expectRun(await run(scratch.path, given), given);
    });
  }

  for (const [title, given] of Object.entries(ended)) {
    it(`leave a crate that no longer fails: ${title}`, async () => {
      using scratch = scratchFolder();
      writeFiles(scratch.path, given.files);
      const error = (await run(scratch.path, given)).error;
      assert.equal(error?.code, 'stack-overflow');
      const reader = new CrateReader(diskFiles, await rustReader());
      const finding = findingOfError(
        errorValue('stack-overflow', error.message, { cause: error.cause, hint: error.hint }),
        (await reader.read(scratch.path, { asked: true }))!,
      );
      assert.equal(finding?.code, given.code, error.message);
      await apply(finding, given.fix);
      expectRun(await run(scratch.path, given), given);
    });
  }

  it('make a component of a module, which runs', async () => {
    using scratch = scratchFolder();
    const module = readFileSync(await buildGuest('wasm32-wasip1'));
    const path = join(scratch.path, 'guest.component.wasm');
    writeFileSync(path, await adaptToComponent(module));
    const ran = await cli(['run', path, '--target', 'wasm32-wasip2', '--json', '--quiet'], {
      stdin: 'echo\nhi',
    });
    const { error, format, output } = resultOf(ran);
    assert.deepEqual([format, error, output], ['p2', null, 'hi']);
  });
});

async function check(folder: string): Promise<readonly Finding[]> {
  return checkFolder(folder, diskFiles, new CrateReader(diskFiles, await rustReader()), { target: null });
}

async function apply(finding: Finding | undefined, title: string): Promise<void> {
  const fix = finding?.fixes.find((each) => each.title === title);
  assert.ok(fix, `no such fix: ${JSON.stringify(finding)}`);
  assert.equal(await applyFix(fix, disk), true);
}

const disk: WritableFiles = {
  ...diskFiles,
  write: async (path, text) => {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  },
  move: rename,
};

async function run(folder: string, { args = [], target, stdin = '' }: Fixed): Promise<ResultObject> {
  const options = ['--target', target ?? 'wasm32-wasip1', '--json', '--quiet', ...args];
  return resultOf(await cli(['run', '.', ...options], { stdin, cwd: folder }));
}

/** In the view that the crate's profile asks for. */
function isFailure({ success, worker }: ResultObject): boolean {
  return !success || !worker.success;
}

function expectRun(result: ResultObject, { output, fails }: Fixed): void {
  assert.equal(result.output, output, result.stderr);
  if (fails === undefined) assert.equal(result.error, null, JSON.stringify(result.error));
  else assert.match(result.stderr, fails);
}
