import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { checkConfig, checkReadable, checkSource, checkWasm } from '../../../src/diagnostics/check.ts';
import { ConfigDocument } from '../../../src/diagnostics/documents/configDocument.ts';
import { ManifestDocument } from '../../../src/diagnostics/documents/manifestDocument.ts';
import { WasmDocument } from '../../../src/diagnostics/documents/wasmDocument.ts';
import { WorkbenchError } from '../../../src/shared/workbenchError.ts';
import { manifestCases } from './rules/manifestCases.ts';
import { sourceCases } from './rules/sourceCases.ts';
import { wasmCases } from './rules/wasmCases.ts';
import { check, crateDir, manifest, MemoryFiles, outlayer, readCrate, readMarks } from './support.ts';

const rounds = 4;

/** A generator of whole numbers below a bound, the same in every run (mulberry32). */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** Cuts a text off, swaps two of its characters for others, or has a piece of it twice. */
function damaged(text: string, roll: (below: number) => number): string {
  const at = roll(text.length + 1);
  switch (roll(3)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + '{}[]()"\'#!=\\\0\n\uD800𝄞'[roll(17)]! + text.slice(at + 1 + roll(3));
    default:
      return text.slice(0, at) + text.slice(roll(text.length + 1));
  }
}

describe('rules', () => {
  it('survive whatever is typed', async () => {
    const roll = dice(1);
    const fixtures = [manifestCases, sourceCases].flatMap((table) =>
      Object.values(table).flatMap(({ found, nearMisses }) => [
        ...Object.values(found),
        ...Object.values(nearMisses),
      ]),
    );
    for (const fixture of fixtures) {
      const { files } = readMarks(fixture);
      for (let round = 0; round < rounds; round++) {
        const texts = Object.fromEntries(
          Object.entries(files).map(([name, text]) => [name, roll(2) === 0 ? text : damaged(text, roll)]),
        );
        const text = texts['Cargo.toml'] ?? '';
        const document = new ManifestDocument(join(crateDir, 'Cargo.toml'), text);
        checkReadable(document);
        // A package without a name is no crate.
        if (document.manifest?.package) await check(texts, { asked: true });
        else checkConfig(new ConfigDocument(join(crateDir, '.cargo', 'config.toml'), text));
      }
    }
  });

  it('survive binaries that are damaged', async () => {
    const roll = dice(2);
    for (const { found, nearMisses } of Object.values(wasmCases)) {
      for (const { wasm, path = 'app.wasm' } of [...Object.values(found), ...Object.values(nearMisses)]) {
        const whole = typeof wasm === 'string' ? await parse(wasm) : wasm;
        for (let round = 0; round < 4 * rounds; round++) {
          const bytes = whole.slice(0, roll(3) === 0 ? roll(whole.length + 1) : whole.length);
          if (bytes.length > 0) bytes[roll(bytes.length)] = roll(256);
          try {
            checkWasm(new WasmDocument(join(crateDir, path), bytes));
          } catch (thrown) {
            // What can't be read says so, in an error for users.
            assert.ok(thrown instanceof WorkbenchError, String(thrown));
          }
        }
      }
    }
  });

  it('take a file of 5,000 lines at once', async () => {
    const statement =
      'fn f() { let k = std::env::var("K").unwrap(); println!("at {k} {}", std::env::args().count()); std::process::exit(0) }\n';
    const plain = 'fn g(x: &[u32]) -> u32 { x.iter().map(|y| h(*y)).max().unwrap() }\n';
    const text = `${statement.replaceAll('f()', 'main()')}${statement.repeat(199)}${plain.repeat(4800)}`;
    const crate = await readCrate(
      new MemoryFiles({ 'Cargo.toml': manifest(outlayer), 'src/main.rs': text }),
      { asked: true },
    );
    const [source] = [...crate.sources.values()];
    assert.ok(source);
    const { document } = source;
    assert.equal(document.functions.length, 5000);
    const started = performance.now();
    const found = checkSource(source, crate);
    const ms = performance.now() - started;
    assert.equal(found.length, 600);
    // A tenth of a second; where a rule looks at everything for each finding it takes minutes.
    assert.ok(ms < 10_000, `${ms} ms`);
  });
});
