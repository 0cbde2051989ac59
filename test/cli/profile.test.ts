import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDir, root } from '../../scripts/lib/places.mjs';
import { execute } from '../../src/executor/execute.ts';
import { coreSections } from '../../src/wasm/coreModule.ts';
import { demangle } from '../../src/rust/demangle.ts';
import { readLayout } from '../../src/fuel/layout.ts';
import { readFunctionNames } from '../../src/wasm/functionNames.ts';
import { DebugInfo } from '../../src/wasm/dwarf/debugInfo.ts';
import { sectionId } from '../../src/wasm/sections.ts';
import { plainEngine } from '../unit/executor/host/plainEngine.ts';
import { requestFor } from '../unit/executor/support.ts';
import { firstOperators, stepped, stepsOf } from '../unit/fuel/profile/steps.ts';
import { cli, dwarf5, resultOf, scratchFolder } from './cli.ts';

const crate = join(root, 'test', 'fixtures', 'profile');

interface Saved {
  readonly fuel: number;
  readonly fuelModel: string;
  readonly functions: {
    name: string;
    file: string | null;
    line: number | null;
    calls: number;
    self: number;
    total: number;
    inlined?: number;
  }[];
  readonly lines: { file: string; line: number; self: number; total: number }[];
  readonly unattributed: number;
  readonly stacks: { frames: string[]; self: number; calls: number }[];
  readonly uncounted: number;
  readonly hostCalls: { name: string; count: number; bytes: number }[];
}

const sum = (rows: readonly { self: number }[]): number => rows.reduce((total, { self }) => total + self, 0);

function add(sums: Map<string, number>, key: string, count: number): void {
  sums.set(key, (sums.get(key) ?? 0) + count);
}

/** A function's name without its path, its type's and its parameters'. */
function lastName(name: string): string {
  let plain = name;
  for (let before = ''; before !== plain;) {
    before = plain;
    plain = plain.replaceAll(/<[^<>]*>/g, '');
  }
  const last = plain.split('::').at(-1)!;
  return last.includes('closure') ? 'closure' : last;
}

/** The artefact of the last build. */
const artefact = (target: string): Uint8Array =>
  new Uint8Array(readFileSync(join(cacheDir, 'fixtures-target', 'cli', target, 'release', 'profiled.wasm')));

function codeOf(bytes: Uint8Array): Uint8Array {
  const { contentStart, end } = coreSections(bytes).find(({ id }) => id === sectionId.code)!;
  return bytes.subarray(contentStart, end);
}

describe('run --profile', () => {
  const folder = scratchFolder();
  after(() => folder[Symbol.dispose]());

  async function profiled(target: string, more: readonly string[] = [], env = {}) {
    const file = join(folder.path, 'profile.json');
    const args = ['run', crate, '--target', target, '--json', '--profile', file, ...more];
    const finished = await cli(args, { env });
    return { result: resultOf(finished), saved: JSON.parse(readFileSync(file, 'utf8')) as Saved };
  }

  for (const target of ['wasm32-wasip1', 'wasm32-wasip2']) {
    it(`accounts for every unit of a program of ${target}`, async () => {
      const { result, saved } = await profiled(target);
      assert.equal(result.success, true);
      assert.equal(saved.fuel, result.fuel);
      assert.equal(saved.uncounted, 0);
      assert.equal(sum(saved.functions), result.fuel);
      assert.equal(sum(saved.lines) + saved.unattributed, result.fuel);
      assert.equal(sum(saved.stacks), result.fuel);
      const writes = saved.hostCalls.filter(({ name }) => /fd_write$|output-stream\.\S*write/.test(name));
      assert.equal(
        writes.reduce((total, { bytes }) => total + bytes, 0),
        result.output.length,
      );

      const named = (name: string) => saved.functions.filter((one) => one.name === name);
      assert.equal(named('profiled::fib')[0]?.calls, 177);
      assert.equal(named('profiled::shapes::area')[0]?.calls, 100);
      assert.equal(named('profiled::shapes::area')[0]?.line, 7);
      assert.match(named('profiled::shapes::area')[0]?.file ?? '', /shapes\.rs$/);
      assert.equal(
        sum(saved.stacks.filter(({ frames }) => frames.includes('profiled::fib'))),
        named('profiled::fib')[0]?.total,
      );
      // Inlined code counts for its own line.
      const line = (number: number) =>
        saved.lines.find(({ file, line: at }) => file.endsWith('shapes.rs') && at === number);
      assert.ok((line(3)?.self ?? 0) >= 100 * 2);
      const stack = saved.stacks.find(({ frames }) => frames.at(-1) === 'profiled::fib');
      assert.equal(stack?.frames.at(-2), 'profiled::main');
    });

    it(`builds the same code for ${target} with line tables as without, at the same fuel`, async () => {
      const { result } = await profiled(target);
      const withLines = artefact(target);
      const plain = resultOf(await cli(['run', crate, '--target', target, '--json']));
      assert.equal(plain.fuel, result.fuel);
      assert.ok(artefact(target).length < withLines.length);
      if (target === 'wasm32-wasip1') assert.deepEqual(codeOf(artefact(target)), codeOf(withLines));
    });
  }

  it('agrees with single steps on every line', async () => {
    const { saved } = await profiled('wasm32-wasip1');
    const bytes = artefact('wasm32-wasip1');
    const instances: WebAssembly.Instance[] = [];
    const engine = plainEngine();
    const createEngine = () => ({
      ...engine,
      instantiate: (...given: Parameters<typeof engine.instantiate>) => {
        instances.push(engine.instantiate(...given));
        return instances[0]!;
      },
    });
    const ignore = () => undefined;
    await execute(requestFor(stepped(bytes)), { stdout: ignore, stderr: ignore, createEngine });
    const info = DebugInfo.read(bytes)!;
    const lines = new Map<string, number>();
    const inlined = new Map<string, number>();
    const frames = new Map<string, number>();
    let without = 0;
    const firsts = firstOperators(bytes);
    const names = readFunctionNames(bytes);
    const imported = readLayout(bytes).importedFunctions;
    const functionAt = (at: number) =>
      names.get(imported + [...firsts.keys()].findLastIndex((start) => start <= at))!;
    for (const [at, count] of stepsOf(instances[0]!)) {
      // Some functions have no line before their first operator.
      const offset = info.place(at) === null ? (firsts.get(at) ?? at) : at;
      const place = info.place(offset);
      // What each call costs is the function's own.
      const inner = firsts.has(at) ? [] : info.frames(offset).slice(0, -1);
      add(frames, lastName(demangle(inner[0]?.function ?? functionAt(at))), count);
      if (place === null || place.line === 0) without += count;
      else {
        add(lines, `${place.file}:${place.line}`, count);
        const places = info.frames(offset).map((frame, n) => (n === 0 ? place : frame.place!));
        for (const one of new Set(places.map(({ file, line }) => `${file}:${line}`)))
          add(inlined, one, count);
      }
    }
    assert.ok(lines.size > 50);
    // Functions too, what is inlined told apart; line tables have names without their paths.
    const functions = new Map<string, number>();
    for (const { name, self } of saved.functions) if (self > 0) add(functions, lastName(name), self);
    assert.deepEqual(functions, frames);
    assert.ok([...firsts.keys()].some((start) => info.place(start) === null));
    assert.equal(saved.unattributed, without);
    const costing = saved.lines.filter(({ self }) => self > 0);
    assert.deepEqual(new Map(costing.map(({ file, line, self }) => [`${file}:${line}`, self])), lines);
    assert.deepEqual(
      new Map(saved.lines.map(({ file, line, total }) => [`${file}:${line}`, total])),
      inlined,
    );
  });

  it('has the calls and the lines that are known by construction', async () => {
    const { saved } = await profiled('wasm32-wasip1');
    let known = 0;
    for (const path of ['src/counted.rs', 'src/inlined.rs', 'mixing/src/lib.rs']) {
      const ours = ({ file }: { file: string | null }) => file?.replaceAll('\\', '/').endsWith(`/${path}`);
      const source = readFileSync(join(crate, path), 'utf8').split('\n');
      for (const [n, text] of source.entries()) {
        const [, number, what] = /\/\/ (\d+) (time|call)s?$/.exec(text) ?? [];
        if (number === undefined) continue;
        known++;
        if (what === 'call') {
          const name = `::${/fn (\w+)/.exec(source[n + 1]!)![1]}`;
          const named = saved.functions.filter((one) => ours(one) && one.name.endsWith(name));
          const calls = named.reduce((sum, one) => sum + one.calls, 0);
          assert.equal(calls, Number(number), text);
        } else {
          // Each time costs the same, whatever the compiler made of it.
          const total = saved.lines.find((one) => ours(one) && one.line === n + 1)?.total ?? 0;
          assert.ok(total > 0 && total % Number(number) === 0, `${text} cost ${total}`);
        }
      }
    }
    assert.equal(known, 28);
  });

  for (const [target, title, env] of [
    ['wasm32-wasip1', 'DWARF 4 and legacy names', {}],
    ['wasm32-wasip2', 'several core modules', {}],
    ['wasm32-wasip1', 'DWARF 5 and v0 names', dwarf5],
  ] as const) {
    it(`tells what is inlined apart in the call tree, by who called the function that it is in: ${title}`, async () => {
      const { result, saved } = await profiled(target, [], env);
      for (const part of [saved.functions, saved.stacks]) assert.equal(sum(part), result.fuel);
      assert.equal(sum(saved.lines) + saved.unattributed, result.fuel);
      const below = (...names: string[]) => {
        const end = names.join(';');
        const found = saved.stacks.filter(({ frames }) => {
          return frames.map(lastName).join(';').endsWith(`;${end}`);
        });
        assert.ok(found.length > 0, end);
        return { self: sum(found), calls: found.reduce((total, { calls }) => total + calls, 0) };
      };
      for (const frames of [['shared'], ['shared', 'outer'], ['shared', 'outer', 'inner']]) {
        const [few, many] = [below('few', ...frames), below('many', ...frames)];
        // Each call of `shared` costs the same, and is of one of the two.
        assert.ok(few.self > 0 && few.self % 4 === 0, `${frames.join(';')} cost ${few.self}`);
        assert.equal(many.self / 9, few.self / 4);
      }
      // What is called from inlined code is called by that.
      assert.equal(below('few', 'shared', 'outer', 'inner', 'kept').calls, 4 * 3);
      assert.equal(below('many', 'shared', 'outer', 'inner', 'kept').calls, 9 * 3);
      const row = (name: string) =>
        saved.functions.find((one) => lastName(one.name) === name && (one.file ?? '').endsWith('inlined.rs'));
      assert.equal(row('outer')?.calls, 0);
      assert.equal(row('outer')?.inlined, row('outer')?.self);
      assert.equal(row('shared')?.inlined, undefined);
      assert.equal(row('shared')?.total, row('shared')!.self + row('outer')!.total);
    });
  }

  it('profiles a program that panics, and tells where in the source it did', async () => {
    const { result, saved } = await profiled('wasm32-wasip1', ['--arg', 'fail']);
    assert.equal(result.error?.code, 'panic');
    assert.equal(saved.uncounted, 0);
    assert.equal(sum(saved.functions), result.fuel);
    const frames = result.error.backtrace as { function: string; file: string | null; line: number | null }[];
    assert.deepEqual(
      frames.slice(0, 2).map(({ function: name, line }) => [name, line]),
      [
        ['check', 13],
        ['profiled::shapes::fail', 18],
      ],
    );
    assert.ok(
      frames.some(
        ({ function: name, file, line }) => name === 'profiled::main' && file !== null && line === 30,
      ),
    );
  });

  it('tells the lines of a failure without a profile, and names the option that does', async () => {
    const failing = ['run', crate, '--target', 'wasm32-wasip1', '--arg', 'fail'];
    const plain = await cli(failing);
    assert.match(plain.stderr, /Which lines these are is told with --line-tables\./);
    const withLines = await cli([...failing, '--line-tables']);
    assert.equal(withLines.code, 1);
    assert.doesNotMatch(withLines.stderr, /--line-tables/);
    assert.match(withLines.stderr, /at profiled::main \(\S*main\.rs:30:\d+\)/);
    const quiet = await cli([...failing, '--line-tables', '--quiet']);
    assert.equal(quiet.code, 1);
    assert.match(quiet.stderr, /✗ .*nothing to show[^]*main\.rs:30/);
    assert.doesNotMatch(quiet.stderr, /Fuel|Compiling|Building/);
  });

  it('lists the dearest functions, lines and crates in the terminal', async () => {
    const file = join(folder.path, 'profile.json');
    const { stderr } = await cli(['run', crate, '--target', 'wasm32-wasip1', '--profile', file]);
    assert.match(
      stderr,
      /By the functions’ own fuel:\n +[\d.]+ % +[\d,]+ {2}profiled::counted::moves \(511 calls\)\n/,
    );
    assert.match(
      stderr,
      /By your lines, with what was inlined from them:\n +[\d.]+ % +[\d,]+ {2}src\/\w+\.rs:\d+\n/,
    );
    assert.match(stderr, /By crates:\n(?: +[\d.]+ % +[\d,]+ {2}.*\n)*? +[\d.]+ % +[\d,]+ {2}Your code\n/);
  });

  it('refuses input that can’t be before it builds', async () => {
    for (const [args, cause] of [
      [['--input', 'x', '--input-file', 'y'], /exclude each other/],
      [['--input-file', 'no/such/file'], /can't be read/],
    ] as const) {
      const { code, stderr } = await cli(['run', crate, ...args]);
      assert.equal(code, 2);
      assert.match(stderr, cause);
      assert.doesNotMatch(stderr, /Compiling|Building|Finished/);
    }
  });

  it('writes what other viewers read, by the ending of the file', async () => {
    for (const [ending, check] of [
      ['.folded', (text: string) => assert.match(text, /^_start;.*;profiled::main;profiled::fib \d+$/m)],
      ['.speedscope.json', (text: string) => assert.match(text, /speedscope\.app/)],
    ] as const) {
      const file = join(folder.path, `out${ending}`);
      const { code } = await cli(['run', crate, '--target', 'wasm32-wasip1', '--quiet', '--profile', file]);
      assert.equal(code, 0);
      check(readFileSync(file, 'utf8'));
    }
  });

  it("refuses an ending that it doesn't know, and names cargo's option", async () => {
    const { code, stderr } = await cli(['run', crate, '--profile', 'dev']);
    assert.equal(code, 2);
    assert.match(stderr, /--cargo-profile/);
  });
});
