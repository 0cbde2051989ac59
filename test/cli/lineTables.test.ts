import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { examplesDir, root } from '../../scripts/lib/places.mjs';
import { coreModules } from '../../src/executor/component/coreModules.ts';
import { coreSections } from '../../src/wasm/coreModule.ts';
import { readComponent } from '../../src/wasm/component/readComponent.ts';
import { DebugInfo, type SourceFrame } from '../../src/wasm/dwarf/debugInfo.ts';
import { sectionId } from '../../src/wasm/sections.ts';
import { cli, dwarf5, scratchFolder, withLines } from './cli.ts';

/** What the DWARF of real programs says, by LLVM (Debian's package llvm) and by our reader. */
describe('line tables', () => {
  const folder = scratchFolder();
  after(() => folder[Symbol.dispose]());
  before(function () {
    if (isInstalled('llvm-symbolizer') && isInstalled('llvm-dwarfdump')) return;
    process.stderr.write(
      "      skipped: LLVM's tools are not installed, and only root may install Debian's package llvm\n",
    );
    this.skip();
  });

  const crates = [
    [join(root, 'test', 'fixtures', 'profile'), 'wasm32-wasip1', ''],
    [join(root, 'test', 'fixtures', 'profile'), 'wasm32-wasip1', ' as DWARF 5', dwarf5],
    [join(examplesDir, 'word-count'), 'wasm32-wasip2', ''],
    [join(examplesDir, 'price-feed'), 'wasm32-wasip2', ''],
    [join(examplesDir, 'checksum'), 'wasm32-unknown-unknown', ''],
  ] as const;
  for (const [crate, target, format, env] of crates) {
    describe(`of ${crate.split(/[\\/]/).at(-1)!}${format}`, () => {
      const modules: { readonly file: string; readonly bytes: Uint8Array }[] = [];
      before(async () => {
        const built = await cli(['build', crate, '--target', target, '--quiet'], {
          env: { ...env, RUSTFLAGS: [env?.RUSTFLAGS, withLines.RUSTFLAGS].filter(Boolean).join(' ') },
        });
        assert.equal(built.code, 0, built.stderr);
        const program = new Uint8Array(readFileSync(built.stdout.toString().trimEnd()));
        for (const bytes of coreModulesOf(program)) {
          const file = join(folder.path, `core${modules.length}.wasm`);
          writeFileSync(file, bytes);
          modules.push({ file, bytes });
        }
      });

      it('agree with llvm-symbolizer at every code offset, inlined frames included', () => {
        const compared = modules.reduce((sum, { file, bytes }) => sum + compareFrames(file, bytes), 0);
        assert.ok(compared > 1000, `${compared} offsets`);
      });

      it('have the rows that llvm-dwarfdump shows, at every code offset', () => {
        const compared = modules.reduce((sum, { file, bytes }) => sum + compareRows(file, bytes), 0);
        assert.ok(compared > 1000, `${compared} offsets`);
      });
    });
  }
});

/** Addresses that LLVM is asked for at a time. */
const mostAddresses = 100_000;

/** Holds every offset of a module's code; returns how many there are, none without line tables. */
function compareFrames(file: string, bytes: Uint8Array): number {
  const { info, codeStart, codeSize } = codeOf(bytes);
  if (info === null) return 0;
  for (let from = 1; from < codeSize; from += mostAddresses) {
    const addresses = Array.from({ length: Math.min(mostAddresses, codeSize - from) }, (_, n) => from + n);
    const theirs = symbolized(file, addresses);
    addresses.forEach((address, n) => {
      const frames = info.frames(codeStart + address);
      const ours = (frames.length === 0 ? [unknown] : frames).map(shown).join('\n');
      if (ours !== theirs[n]?.trim()) assert.equal(ours, theirs[n]?.trim(), `at ${address} of the code`);
    });
  }
  return codeSize - 1;
}

/** The same by rows alone: where several tables have an address, ours is one of theirs. */
function compareRows(file: string, bytes: Uint8Array): number {
  const { info, codeStart, codeSize } = codeOf(bytes);
  if (info === null) return 0;
  const theirs = dumpedRows(file, codeSize);
  let compared = 0;
  for (let address = 1; address < codeSize; address++) {
    const ours = rowOf(info.place(codeStart + address));
    const rows = theirs[address];
    if (rows === undefined) assert.equal(ours, null, `at ${address} of the code`);
    else if (ours === null || !rows.includes(ours))
      assert.fail(`${ours} at ${address} of the code is none of ${rows.join()}`);
    else compared++;
  }
  return compared;
}

/** For each address the rows that llvm-dwarfdump has for it, as `file:line:column`. */
function dumpedRows(file: string, codeSize: number): string[][] {
  const text = execFileSync('llvm-dwarfdump', ['--debug-line', file], { maxBuffer: 2 ** 30 }).toString();
  const found: string[][] = [];
  let names = new Map<number, string>();
  let number = 0;
  let sequence: { readonly address: number; readonly row: string }[] = [];
  for (const line of text.split('\n')) {
    const named = /^file_names\[\s*(\d+)\]:/.exec(line);
    const name = /^\s+name: "(.*)"$/.exec(line);
    const row = /^0x([0-9a-f]+)\s+(\d+)\s+(\d+)\s+(\d+)\s/.exec(line);
    if (line.startsWith('debug_line[')) names = new Map();
    else if (named !== null) number = Number(named[1]);
    else if (name !== null) names.set(number, name[1]!.split('/').at(-1)!);
    else if (row !== null) {
      const [, address, at, column, of] = row as unknown as string[];
      const one = { address: parseInt(address!, 16), row: `${names.get(Number(of))}:${at}:${column}` };
      const before = sequence.at(-1);
      const start = sequence[0]?.address ?? 0;
      // Linkers give what they discard addresses beyond the code, or 0.
      if (before !== undefined && start > 0 && start < codeSize) {
        for (let n = before.address; n < one.address; n++) (found[n] ??= []).push(before.row);
      }
      if (line.includes('end_sequence')) sequence = [];
      else sequence.push(one);
    }
  }
  return found;
}

function rowOf(place: SourceFrame['place']): string | null {
  return place && `${place.file.split('/').at(-1)}:${place.line}:${place.column}`;
}

function codeOf(bytes: Uint8Array) {
  const code = coreSections(bytes).find(({ id }) => id === sectionId.code);
  const info = code === undefined ? null : DebugInfo.read(bytes);
  return {
    info,
    codeStart: code?.contentStart ?? 0,
    codeSize: code === undefined ? 0 : code.end - code.contentStart,
  };
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

function isInstalled(command: string): boolean {
  try {
    execFileSync(command, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
