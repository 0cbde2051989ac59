/**
 * Run by hand: `node test/dwarf/compare.ts FILE.wasm…` holds the places and inlined frames of every code offset of
 * core modules with line tables against llvm-symbolizer (Debian's package llvm), and fails where one differs.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { coreSections } from '../../src/wasm/coreModule.ts';
import { DebugInfo, type SourceFrame } from '../../src/wasm/dwarf/debugInfo.ts';
import { sectionId } from '../../src/wasm/sections.ts';

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

for (const file of process.argv.slice(2)) {
  const bytes = new Uint8Array(readFileSync(file));
  const info = DebugInfo.read(bytes);
  const code = coreSections(bytes).find(({ id }) => id === sectionId.code);
  if (info === null || code === undefined) throw new Error(`${file} has no line tables`);
  const addresses = Array.from({ length: code.end - code.contentStart - 1 }, (_, n) => n + 1);
  const theirs = symbolized(file, addresses);
  const different = addresses.filter((address, n) => {
    const frames = info.frames(code.contentStart + address);
    const ours = (frames.length === 0 ? [unknown] : frames).map(shown).join('\n');
    if (ours === theirs[n]?.trim()) return false;
    process.exitCode = 1;
    return true;
  });
  const first = different.slice(0, 5).join(', ');
  process.stdout.write(`${file}: ${addresses.length} addresses, ${different.length} differ ${first}\n`);
}
