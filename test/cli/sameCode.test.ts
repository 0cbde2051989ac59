import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheDir, examplesDir, root } from '../../scripts/lib/places.mjs';
import { createCoreEngine } from '../../src/executor/engine/createEngine.ts';
import { execute } from '../../src/executor/execute.ts';
import { isComponent } from '../../src/shared/preamble.ts';
import type { RunOptions } from '../../src/shared/runRequest.ts';
import { encodeUtf8 } from '../../src/shared/text.ts';
import { ByteReader } from '../../src/wasm/byteReader.ts';
import { preambleLength, readSections, sectionId } from '../../src/wasm/sections.ts';
import { requestFor } from '../unit/executor/support.ts';
import { cli, scratchFolder, withLines } from './cli.ts';

/** Programs that need no crate but their own, and what each is given; `clocks`' fuel depends on the time. */
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
/** Both builds are in one folder of their own: what they were built with is then the same. */
const targetDir = join(cacheDir, 'fixtures-target', 'same-code');

/** Examples that other tests build with line tables as well, one with many crates and `lto`. */
const examples = [
  ['word-count', 'wasm32-wasip2', 'input.json'],
  ['price-feed', 'wasm32-wasip2', 'input.json'],
  ['checksum', 'wasm32-unknown-unknown', 'input.txt'],
] as const;

/** What a profile tells holds for the program without one: a build with line tables is the same program. */
describe('a build with line tables', () => {
  const folder = scratchFolder();
  after(() => folder[Symbol.dispose]());

  describe('of small programs', () => {
    const targets = ['wasm32-wasip1', 'wasm32-wasip2'];
    const plain = new Map<string, Uint8Array>();
    const lines = new Map<string, Uint8Array>();
    before(async () => {
      const args = ['build', '--release', '--quiet', ...targets.flatMap((target) => ['--target', target])];
      for (const [builds, more] of [
        [plain, {}],
        [lines, withLines],
      ] as const) {
        const env = { ...process.env, ...more, CARGO_TARGET_DIR: targetDir };
        await promisify(execFile)('cargo', args, { cwd: smallCrate, env });
        for (const path of targets.flatMap((target) =>
          Object.keys(small).map((name) => pathOf(target, name)),
        ))
          builds.set(path, readFileSync(path));
      }
    });
    const pathOf = (target: string, name: string) => join(targetDir, target, 'release', `${name}.wasm`);

    for (const target of targets) {
      for (const [name, { input, env }] of Object.entries(small)) {
        it(`has the code and the fuel of ${name} for ${target}`, async () => {
          const path = pathOf(target, name);
          await assertSame(plain.get(path)!, lines.get(path)!, input, env && [env]);
        });
      }
    }
  });

  for (const [name, target, input] of examples) {
    it(`has the code and the fuel of ${name}, with the crates that it is made of, for ${target}`, async () => {
      const build = async (env = {}) => {
        const args = ['build', join(examplesDir, name), '--target', target, '--locked', '--quiet'];
        const built = await cli(args, { env });
        assert.equal(built.code, 0, built.stderr);
        return readFileSync(built.stdout.toString().trimEnd());
      };
      const plain = await build();
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

/**
 * All sections of a binary, and of those within it, but custom ones, in their order: where it stands, its id, how many
 * bytes it has, and their digest, since what differs in a megabyte nobody can show.
 */
function sectionsOf(bytes: Uint8Array, path = ''): string[] {
  const sections = readSections(new ByteReader(bytes, preambleLength)).filter(
    ({ id }) => id !== sectionId.custom,
  );
  return sections.flatMap(({ id, contentStart, end }, n) => {
    const content = bytes.subarray(contentStart, end);
    if (isComponent(bytes) && nestedBinaries.includes(id)) return sectionsOf(content, `${path}${n}/`);
    return `${path}${id} ${content.length} ${createHash('sha256').update(content).digest('hex')}`;
  });
}

/** Ids of a component's sections that hold a module or a component (component model, Binary.md). */
const nestedBinaries: readonly number[] = [1, 4];
