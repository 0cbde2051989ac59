import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { examplesDir, root } from '../../scripts/lib/places.mjs';
import { lineTablesEnvironment } from '../../src/compiler/lineTables.ts';
import { coreModules } from '../../src/executor/component/coreModules.ts';
import { coreSections } from '../../src/wasm/coreModule.ts';
import { readComponent } from '../../src/wasm/component/readComponent.ts';
import { DebugInfo, type SourceFrame } from '../../src/wasm/dwarf/debugInfo.ts';
import { sectionId } from '../../src/wasm/sections.ts';
import { cli, scratchFolder } from './cli.ts';

/** What the DWARF of real programs says, by LLVM (Debian's package llvm) and by our reader. */
describe('line tables', () => {
  const folder = scratchFolder();
  after(() => folder[Symbol.dispose]());
  before(function () {
    // Its absence is told as skipped tests: nothing else here needs LLVM.
    if (!hasSymbolizer()) this.skip();
  });

  const crates = [
    [join(root, 'test', 'fixtures', 'profile'), 'wasm32-wasip1'],
    [join(examplesDir, 'word-count'), 'wasm32-wasip2'],
    [join(examplesDir, 'checksum'), 'wasm32-unknown-unknown'],
  ] as const;
  for (const [crate, target] of crates) {
    it(`of ${crate.split(/[\\/]/).at(-1)!} agree with llvm-symbolizer at every code offset, inlined frames included`, async () => {
      const built = await cli(['build', crate, '--target', target, '--quiet'], {
        env: lineTablesEnvironment('release'),
      });
      assert.equal(built.code, 0, built.stderr);
      const modules = coreModulesOf(new Uint8Array(readFileSync(built.stdout.toString().trimEnd())));
      let compared = 0;
      for (const bytes of modules) {
        const file = join(folder.path, 'core.wasm');
        writeFileSync(file, bytes);
        compared += compare(file, bytes);
      }
      assert.ok(compared > 1000, `${compared} offsets`);
    });
  }
});

/** Holds every offset of a module's code; returns how many there are, none without line tables. */
function compare(file: string, bytes: Uint8Array): number {
  const info = DebugInfo.read(bytes);
  const code = coreSections(bytes).find(({ id }) => id === sectionId.code);
  if (info === null || code === undefined) return 0;
  const addresses = Array.from({ length: code.end - code.contentStart - 1 }, (_, n) => n + 1);
  const theirs = symbolized(file, addresses);
  addresses.forEach((address, n) => {
    const frames = info.frames(code.contentStart + address);
    const ours = (frames.length === 0 ? [unknown] : frames).map(shown).join('\n');
    if (ours !== theirs[n]?.trim()) assert.equal(ours, theirs[n]?.trim(), `at ${address} of the code`);
  });
  return addresses.length;
}

/** The core modules that a program consists of. */
function coreModulesOf(bytes: Uint8Array): readonly Uint8Array[] {
  // A component's preamble has 1 where a module's has 0.
  return bytes[6] === 0 ? [bytes] : coreModules(readComponent(bytes)).map((module) => module.bytes);
}

const unknown: SourceFrame = { function: null, place: null };

/** A frame as llvm-symbolizer prints it. */
function shown({ function: name, place }: SourceFrame): string {
  const where = place === null ? '??:0:0' : `${place.file}:${place.line}:${place.column}`;
  return `${name ?? '??'}\n${where}`;
}

function symbolized(file: string, addresses: readonly number[]): string[] {
  const input = addresses.map((address) => `0x${address.toString(16)}\n`).join('');
  const args = [`--obj=${file}`, '--output-style=LLVM', '--inlining=true', '--no-demangle'];
  return execFileSync('llvm-symbolizer', args, { input, maxBuffer: 2 ** 30 })
    .toString()
    .split('\n\n');
}

function hasSymbolizer(): boolean {
  try {
    execFileSync('llvm-symbolizer', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
