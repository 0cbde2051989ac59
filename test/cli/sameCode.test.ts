import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheDir, examplesDir, examplesTargetDir, root } from '../../scripts/lib/places.mjs';
import { lineTablesEnvironment } from '../../src/compiler/lineTables.ts';
import { createCoreEngine } from '../../src/executor/engine/createEngine.ts';
import { execute } from '../../src/executor/execute.ts';
import { isComponent } from '../../src/shared/preamble.ts';
import type { RunOptions } from '../../src/shared/runRequest.ts';
import { encodeUtf8 } from '../../src/shared/text.ts';
import { ByteReader } from '../../src/wasm/byteReader.ts';
import { preambleLength, readSections } from '../../src/wasm/sections.ts';
import { requestFor } from '../unit/executor/support.ts';
import { cli, scratchFolder } from './cli.ts';

/**
 * Programs that need no crate but their own, whose plain build other tests use as well; and what each is given. Of that
 * crate's, `clocks` is left out: its fuel depends on the time.
 */
const small: Readonly<Record<string, { readonly input?: string; readonly env?: readonly [string, string] }>> =
  {
    echo: { input: 'one\ntwo\n' },
    env: { env: ['KEY', 'value'] },
    escapes: { input: 'create\ta.txt\nread\ta.txt\nlook\t..\n' },
    exit: { env: ['CODE', '3'] },
    fail: {},
    files: {},
    lines: { env: ['LINES', '100'] },
    panic: {},
  };
const smallCrate = join(root, 'test', 'fixtures', 'p2-host');
/** A folder of its own, so that neither build writes over the other's file. */
const linesTarget = join(cacheDir, 'fixtures-target', 'line-tables');

/** Examples, whose dependencies other tests build with line tables and without. */
const examples = [
  ['word-count', 'wasm32-wasip2', 'input.json'],
  ['price-feed', 'wasm32-wasip2', 'input.json'],
  ['checksum', 'wasm32-unknown-unknown', 'input.txt'],
] as const;

const withLines = lineTablesEnvironment('release');

/** What a profile tells holds for the program without one: a build with line tables is the same program. */
describe('a build with line tables', () => {
  const folder = scratchFolder();
  after(() => folder[Symbol.dispose]());

  describe('of small programs', () => {
    const targets = ['wasm32-wasip1', 'wasm32-wasip2'];
    const plainTarget = join(cacheDir, 'fixtures-target', 'p2-host');
    before(async () => {
      const args = ['build', '--release', '--quiet', ...targets.flatMap((target) => ['--target', target])];
      for (const [targetDir, more] of [
        [plainTarget, {}],
        [linesTarget, withLines],
      ] as const) {
        const env = { ...process.env, ...more, CARGO_TARGET_DIR: targetDir };
        await promisify(execFile)('cargo', args, { cwd: smallCrate, env });
      }
    });

    for (const target of targets) {
      for (const [name, { input, env }] of Object.entries(small)) {
        it(`has the code and the fuel of ${name} for ${target}`, async () => {
          const [plain, lines] = [plainTarget, linesTarget].map((targetDir) =>
            readFileSync(join(targetDir, target, 'release', `${name}.wasm`)),
          );
          await assertSame(plain!, lines!, input, env && [env]);
        });
      }
    }
  });

  for (const [name, target, input] of examples) {
    it(`has the code and the fuel of ${name}, with the crates that it is made of, for ${target}`, async () => {
      const build = async (env: Readonly<Record<string, string>>) => {
        const args = ['build', join(examplesDir, name), '--target', target, '--locked', '--quiet'];
        const built = await cli(args, { env });
        assert.equal(built.code, 0, built.stderr);
        return readFileSync(built.stdout.toString().trimEnd());
      };
      const plain = await build({ CARGO_TARGET_DIR: examplesTargetDir });
      const lines = await build(withLines);
      await assertSame(plain, lines, readFileSync(join(examplesDir, name, input), 'utf8'));
    });
  }

  async function assertSame(
    plain: Uint8Array,
    lines: Uint8Array,
    input = '',
    env: readonly (readonly [string, string])[] = [],
  ): Promise<void> {
    assert.ok(lines.length > plain.length + 10_000, 'it has line tables');
    assert.deepEqual(sectionsOf(lines), sectionsOf(plain));
    const [one, other] = [await fuelOf(plain, input, env), await fuelOf(lines, input, env)];
    assert.ok(one > 0);
    assert.equal(other, one);
  }

  async function fuelOf(wasm: Uint8Array, input: string, env: readonly (readonly [string, string])[]) {
    const hostPath = join(folder.path, `run${++runs}`);
    mkdirSync(hostPath);
    const options: Partial<RunOptions> = {
      seed: 0,
      preopens: [{ hostPath, guestPath: '.', writable: true }],
    };
    const request = { ...requestFor(wasm, { options }), input: encodeUtf8(input), env };
    const ignore = () => undefined;
    const sinks = { stdout: ignore, stderr: ignore, createEngine: createCoreEngine };
    return (await execute(request, sinks)).fuel;
  }
  let runs = 0;
});

/** All sections of a binary, and of those within it, but custom ones: `path:id` and the bytes, in their order. */
function sectionsOf(bytes: Uint8Array, path = ''): (readonly [place: string, content: Uint8Array])[] {
  const sections = readSections(new ByteReader(bytes, preambleLength)).filter(
    ({ id }) => id !== customSection,
  );
  return sections.flatMap(({ id, contentStart, end }, n) => {
    const content = bytes.subarray(contentStart, end);
    return isComponent(bytes) && nestedBinaries.includes(id)
      ? sectionsOf(content, `${path}${n}/`)
      : [[`${path}${id}`, content] as const];
  });
}

const customSection = 0;
/** Ids of a component's sections that hold a module or a component (component model, Binary.md). */
const nestedBinaries: readonly number[] = [1, 4];
