// Runs the source rules over well-known crates from crates.io and lists what they report, to be judged by a reader.
// Not part of the tests: `node scripts/judge-rules.mjs [NAME@VERSION…]`. cargo fetches the crates into its own cache.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { checkCrate, checkSource } from '../src/diagnostics/check.ts';
import { CrateReader } from '../src/diagnostics/crateReader.ts';
import { diskFiles } from '../src/diagnostics/files.ts';
import { RustReader } from '../src/diagnostics/rust/rustReader.ts';
import { loadRustParser } from '../src/rust/rustParser.ts';
import { fetchCrate } from './lib/fetchCrate.mjs';
import { parserFiles } from './lib/places.mjs';

/** Libraries and binaries, small and large, with and without a system beneath them. */
const crates = [
  'ripgrep@15.1.0',
  'fd-find@10.3.0',
  'bat@0.26.0',
  'hyperfine@1.19.0',
  'tokio@1.47.1',
  'rayon@1.11.0',
  'serde_json@1.0.145',
  'regex@1.11.3',
  'clap_builder@4.5.48',
  'reqwest@0.12.23',
  'crossbeam-utils@0.8.21',
  'wasm-bindgen-cli-support@0.2.104',
  'just@1.43.0',
  'tokei@13.0.0-alpha.9',
  'zoxide@0.9.8',
];

const parser = await loadRustParser(parserFiles);
const reader = new CrateReader(diskFiles, await RustReader.create(parser));

const named = process.argv.slice(2);
let total = 0;
let files = 0;
let slowest = { ms: 0, file: '', lines: 0 };
for (const name of named.length > 0 ? named : crates) {
  const dir = fetchCrate(name);
  // As the worker sees it, so that its rules are judged too.
  const crate = await reader.read(dir, { asked: true });
  if (crate === undefined) throw new Error(`${name} has no package at its root.`);
  const judged = { ...crate, profileKind: /** @type {const} */ ('outlayer'), repository: dir };
  for (const source of crate.sources.values()) {
    files++;
    const started = performance.now();
    checkSource(source, judged);
    const ms = performance.now() - started;
    if (ms > slowest.ms)
      slowest = { ms, file: relative(dir, source.path), lines: source.text.split('\n').length };
  }
  const findings = checkCrate(judged);
  total += findings.length;
  console.log(`\n${name}: ${crate.sources.size} files, ${findings.length} findings`);
  for (const { code, file, range, message } of findings) {
    const line = (readFileSync(file, 'utf8').split('\n')[range.start.line] ?? '').trim();
    console.log(`  ${code} ${relative(dir, file)}:${range.start.line + 1}: ${line}\n      ${message}`);
  }
  reader.forget();
}
console.log(
  `\n${total} findings in ${files} files; slowest: ${slowest.ms.toFixed(1)} ms for ${slowest.file} (${slowest.lines} lines)`,
);
