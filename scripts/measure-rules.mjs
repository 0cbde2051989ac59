// Measures what each source rule takes of a file of some 5,000 lines, each in a process of its own, in which nothing
// has run before. Not part of the tests: `node scripts/measure-rules.mjs [FILE.rs]`; without one, the longest file of
// clap_builder, which cargo fetches into its own cache.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../src/diagnostics/rules/index.ts';
import { RustReader } from '../src/diagnostics/rust/rustReader.ts';
import { loadRustParser } from '../src/rust/rustParser.ts';
import { fetchCrate } from './lib/fetchCrate.mjs';
import { parserFiles } from './lib/places.mjs';

const [path = join(fetchCrate('clap_builder@4.5.48'), 'src', 'builder', 'command.rs'), code] =
  process.argv.slice(2);

if (code === undefined) {
  console.log(`${path}: ${readFileSync(path, 'utf8').split('\n').length} lines`);
  for (const { code, rust } of rules) {
    if (rust) execFileSync(process.execPath, [import.meta.filename, path, code], { stdio: 'inherit' });
  }
} else {
  const reader = await RustReader.create(await loadRustParser(parserFiles));
  const { document } = reader.read(path, readFileSync(path, 'utf8'), { features: new Set() });
  const started = performance.now();
  const found = rules
    .find((rule) => rule.code === code)
    ?.rust?.(document, { edition: '2024', isProgram: true });
  const ms = performance.now() - started;
  console.log(`${code}: ${ms.toFixed(1)} ms, ${found?.length} findings`);
}
