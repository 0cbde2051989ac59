import assert from 'node:assert/strict';
import type { Frame } from '../../src/shared/workbenchError.ts';
import { writeFiles } from '../writeFiles.ts';
import { cli, resultOf, scratchFolder } from './cli.ts';

// The words for what ends real programs: rustc's code and std's own messages, where the unit tests have recorded ones.

const manifest = `[package]
name = "failing"
version = "0.1.0"
edition = "2021"

[dependencies]
serde_json = "1"

[workspace]
`;

/** Does what the input's first line says; the rest of the input is the data. */
const source = `use std::hint::black_box;

#[inline(never)]
fn with_frame(n: u64) -> u64 {
    let mut frame = [n; 100];
    black_box(&mut frame);
    with_frame(n + 1) ^ frame[7]
}

#[inline(never)]
fn without_frame(n: u64) -> u64 {
    if n == 0 {
        1
    } else {
        without_frame(n - 1).wrapping_mul(3) ^ n
    }
}

#[inline(never)]
fn collect() -> usize {
    let mut kept = Vec::new();
    loop {
        kept.push(vec![1u8; 5_000_000]);
        black_box(&kept);
    }
}

#[inline(never)]
fn spin() {
    loop {
        black_box(0);
    }
}

#[inline(never)]
fn trap(n: u32) {
    if n > 0 {
        core::arch::wasm32::unreachable();
    }
}

fn main() {
    let input = std::io::read_to_string(std::io::stdin()).unwrap();
    let (command, data) = input.split_once('\\n').unwrap_or(("json", ""));
    match command {
        "with frame" => println!("{}", with_frame(0)),
        "without frame" => println!("{}", without_frame(data.parse().unwrap())),
        "collect" => println!("{}", collect()),
        "spin" => spin(),
        "trap" => trap(black_box(1)),
        "json" => println!("{}", serde_json::from_str::<Vec<u32>>(data).unwrap().len()),
        "number" => println!("{}", data.parse::<u32>().expect("the count")),
        other => panic!("no command {other}"),
    }
}
`;

interface Failure {
  readonly input: string;
  readonly args?: readonly string[];
  readonly code: string;
  readonly message: RegExp;
  readonly hint: RegExp;
  /** Of the frame that the backtrace begins with. */
  readonly function?: RegExp;
  /** What stands in the line of the program's own that it was at; of several, those of one function. */
  readonly at: readonly string[];
}

/** The line of the source that has a text. */
const lineOf = (text: string) => source.slice(0, source.indexOf(text)).split('\n').length;
/** Lines of the loop that never ends. */
const spins = `(?:${['fn spin', 'loop {\n        black_box(0)', 'black_box(0)'].map(lineOf).join('|')})`;
const mostFuel = ['--max-instructions', '9007199254740991'];

const failures: Readonly<Record<string, Failure>> = {
  'recursion that fills the stack in memory': {
    input: 'with frame\n',
    code: 'stack-overflow',
    message: /^The program ran out of stack: its functions call each other too deeply\.$/,
    hint: /-zstack-size=N/,
    function: /with_frame/,
    at: ['fn with_frame(', 'let mut frame', 'black_box(&mut frame)', 'with_frame(n + 1)'],
  },
  'recursion that fills the stack of calls': {
    input: 'without frame\n1000000000',
    args: mostFuel,
    code: 'stack-overflow',
    message: /^The program ran out of stack: its functions call each other too deeply\.$/,
    hint: /turn it into a loop/,
    at: ['fn without_frame(', 'if n == 0', 'without_frame(n - 1)'],
  },
  'memory beyond the limit': {
    input: 'collect\n',
    args: ['--max-memory-mb', '32'],
    code: 'out-of-memory',
    message: /^The program ran out of memory: an allocation of 5,000,000 bytes failed\.$/,
    hint: /memory limit of 32 MiB/,
    at: ['kept.push('],
  },
  'an unwrap of JSON that is none': {
    input: 'json\n[1,\n x]',
    code: 'panic',
    message: new RegExp(
      `^The program unwrapped bad input at src/main\\.rs:${lineOf('"json" =>')}:\\d+: expected value, at line 2, column 2\\.$`,
    ),
    hint: new RegExp(`src/main\\.rs, line ${lineOf('"json" =>')},`),
    at: ['"json" =>'],
  },
  'an unwrap of JSON where there is no input': {
    input: '',
    code: 'panic',
    message:
      /^The program reads its input, but was run with none \(it panicked at src\/main\.rs:\d+:\d+\)\.$/,
    hint: /--input TEXT or --input-file FILE/,
    at: ['"json" =>'],
  },
  'an expect of a number that is none': {
    input: 'number\nseven',
    code: 'panic',
    message: new RegExp(
      `^The program unwrapped bad input at src/main\\.rs:${lineOf('"number" =>')}:\\d+: an integer could not be parsed \\(InvalidDigit\\)\\.$`,
    ),
    hint: new RegExp(`src/main\\.rs, line ${lineOf('"number" =>')},`),
    at: ['"number" =>'],
  },
  'an endless loop, by its fuel': {
    input: 'spin\n',
    args: ['--max-instructions', '5000000'],
    code: 'out-of-fuel',
    message: /^The program used up its limit of 5,000,000 fuel\.$/,
    hint: new RegExp(
      `Raise the limit, maxInstructions, or find the loop that uses the most: it was at .*src/main\\.rs:${spins}\\.$`,
    ),
    at: ['fn spin', 'loop {\n        black_box(0)', 'black_box(0)'],
  },
  'an endless loop, by its time': {
    input: 'spin\n',
    args: ['--max-seconds', '3', ...mostFuel],
    code: 'out-of-time',
    message: /^The program did not end within 3 seconds\.$/,
    hint: new RegExp(`a long wait: it was at .*src/main\\.rs:${spins}\\.$`),
    at: ['fn spin', 'loop {\n        black_box(0)', 'black_box(0)'],
  },
  'a trap that is no panic': {
    input: 'trap\n',
    code: 'trap',
    message: /^The program trapped: wasm `unreachable` instruction executed\.$/,
    hint: /^Look at .*src\/main\.rs:\d+, which led there\.$/,
    at: ['core::arch::wasm32::unreachable'],
  },
};

for (const target of ['wasm32-wasip1', 'wasm32-wasip2']) {
  describe(`what ends a program of ${target} is said in plain words`, () => {
    const folder = scratchFolder();
    let program: string;

    before(async () => {
      writeFiles(folder.path, { 'Cargo.toml': manifest, 'src/main.rs': source });
      const env = { CARGO_PROFILE_RELEASE_DEBUG: 'line-tables-only', CARGO_PROFILE_RELEASE_STRIP: 'false' };
      const built = await cli(['build', folder.path, '--target', target, '--quiet'], { env });
      assert.equal(built.code, 0, built.stderr);
      program = built.stdout.toString().trimEnd();
    });
    after(() => folder[Symbol.dispose]());

    for (const [title, failure] of Object.entries(failures)) {
      it(title, async () => {
        const args = ['run', program, '--json', ...(failure.args ?? [])];
        const finished = await cli(args, { stdin: failure.input });
        assert.equal(finished.code, 1);
        const { error } = resultOf(finished);
        assert.equal(error?.code, failure.code, JSON.stringify(error));
        assert.match(error.message, failure.message);
        assert.match(error.hint ?? '', failure.hint);
        const frames = error.backtrace as Frame[];
        if (failure.function !== undefined) assert.match(frames[0]?.function ?? '', failure.function);
        const own = frames.find(({ file }) => file?.endsWith('src/main.rs'));
        assert.ok(own !== undefined, JSON.stringify(frames));
        assert.ok(failure.at.map(lineOf).includes(own.line!), `${own.function} at line ${own.line}`);
      });
    }
  });
}
