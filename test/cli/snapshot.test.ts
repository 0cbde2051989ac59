import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/lib/places.mjs';
import { writeFiles } from '../writeFiles.ts';
import { cli, scratchFolder } from './cli.ts';

interface Kept {
  readonly version: number;
  readonly cases: readonly { name: string; fuel: number; functions: readonly { file: string | null }[] }[];
}

describe('snapshot', () => {
  const folder = scratchFolder();
  after(() => folder[Symbol.dispose]());
  const crate = () => join(folder.path, 'cases');
  const file = () => join(crate(), '.wasi-workbench', 'fuel.json');
  const kept = () => JSON.parse(readFileSync(file(), 'utf8')) as Kept;
  const check = (...more: string[]) => cli(['snapshot', crate(), '--check', '--quiet', ...more]);

  before(() => {
    cpSync(join(root, 'test', 'fixtures', 'cases'), crate(), { recursive: true });
    const one = {
      name: 'two words',
      stdin: { json: { text: 'to be' } },
      target: 'wasm32-wasip1',
      bin: 'cases',
    };
    writeFileSync(join(crate(), '.wasi-workbench', 'inputs.json'), JSON.stringify({ cases: [one] }));
  });

  it('has nothing to compare with at first', async () => {
    const { code, stderr } = await check();
    assert.equal(code, 2);
    assert.match(stderr, /no baseline/);
  });

  it('keeps what each case costs, without a path of the machine, and the same each time', async () => {
    const written = await cli(['snapshot', crate(), '--quiet']);
    assert.equal(written.code, 0, written.stderr);
    assert.equal(kept().cases[0]?.name, 'two words');
    assert.ok(kept().cases[0]!.fuel > 0 && kept().cases[0]!.functions.length > 5);
    const text = readFileSync(file(), 'utf8');
    assert.ok(!text.includes(folder.path) && !text.includes('/rustc/') && !text.includes('registry'));
    assert.equal((await cli(['snapshot', crate(), '--quiet'])).code, 0);
    assert.equal(readFileSync(file(), 'utf8'), text);
    assert.equal((await check()).code, 0);
  });

  it('fails where a case got dearer, by the functions that did', async () => {
    const before = kept();
    const cheaper = {
      ...before,
      cases: before.cases.map((one) => ({ ...one, fuel: Math.floor(one.fuel * 0.97) })),
    };
    writeFileSync(file(), JSON.stringify(cheaper));
    const failed = await check();
    assert.equal(failed.code, 1);
    assert.match(failed.stdout.toString(), /✗ two words: .* \(\+3\.\d %\)/);
    assert.equal((await check('--tolerance', '5')).code, 0);
    const json = JSON.parse((await check('--json')).stdout.toString()) as {
      success: boolean;
      cases: { regressed: boolean; change: number }[];
    };
    assert.equal(json.success, false);
    assert.equal(json.cases[0]?.regressed, true);
    assert.ok(json.cases[0].change > 0);
  });

  it('shows an output that changed beside the one that was expected, and does not keep its cost', async () => {
    const path = join(crate(), '.wasi-workbench', 'inputs.json');
    const saved = JSON.parse(readFileSync(path, 'utf8')) as { cases: Record<string, unknown>[] };
    saved.cases[0]!['expect'] = { output: { text: 'something else' } };
    writeFileSync(path, JSON.stringify(saved));
    const text = readFileSync(file(), 'utf8');
    for (const more of [['--check'], []]) {
      const { code, stdout } = await cli(['snapshot', crate(), '--quiet', ...more]);
      assert.equal(code, 1);
      assert.match(stdout.toString(), /✗ two words\n[^]*expected:\n\s+something else\n\s+actual:\n\s+\S/);
    }
    assert.equal(readFileSync(file(), 'utf8'), text);
  });
});

describe('snapshot --check of a function that costs little', () => {
  const folder = scratchFolder();
  after(() => folder[Symbol.dispose]());
  const file = join(folder.path, '.wasi-workbench', 'fuel.json');

  /** `cheap` costs a few units for each of its rounds, and the library's functions some thousands. */
  const source = (rounds: number, more: string) => `use std::collections::BTreeMap;
#[inline(never)]
fn cheap(rounds: u32) -> u32 {
    (0..rounds).map(std::hint::black_box).sum()
}
${more === '' ? '' : '#[inline(never)]\n'}${more}
fn main() {
    let words: BTreeMap<String, f64> = (0..200).map(|n| (format!("{:?}", n as f64 / 7.0), n as f64)).collect();
    let mut sorted: Vec<f64> = words.keys().map(|key| key.parse().unwrap()).collect();
    sorted.sort_by(f64::total_cmp);
    println!("{words:?} {sorted:?} {}", cheap(${rounds})${more === '' ? '' : ' + added(1)'});
}
`;

  function write(rounds: number, more = ''): void {
    writeFiles(folder.path, {
      'Cargo.toml':
        '[package]\nname = "cheap"\nversion = "0.1.0"\nedition = "2021"\n[profile.release]\nopt-level = "s"\n[workspace]\n',
      'src/main.rs': source(rounds, more),
      '.wasi-workbench/inputs.json': JSON.stringify({ cases: [{ name: 'all', target: 'wasm32-wasip1' }] }),
    });
  }

  it('has it in its table, and one that is new, though 25 others cost more', async () => {
    write(1);
    const written = await cli(['snapshot', folder.path, '--quiet']);
    assert.equal(written.code, 0, written.stderr);
    const text = readFileSync(file, 'utf8');
    const { functions } = (JSON.parse(text) as { cases: { functions: { name: string; self: number }[] }[] })
      .cases[0]!;
    const cheap = functions.find(({ name }) => name === 'cheap::cheap');
    assert.ok(functions.filter(({ self }) => self > cheap!.self).length >= 25);

    write(3, 'fn added(n: u32) -> u32 {\n    std::hint::black_box(n)\n}\n');
    const { code, stdout } = await cli(['snapshot', folder.path, '--check', '--quiet']);
    assert.equal(code, 1);
    const table = stdout.toString();
    assert.match(table, /\n +\+\d+ +\+\d+\.\d % +cheap::cheap +src\/main\.rs\n/);
    assert.match(table, /\n +\+\d+ +new +cheap::added +src\/main\.rs\n/);
    assert.equal(readFileSync(file, 'utf8'), text);
  });

  it('reads a baseline of before, which kept only the dearest', async () => {
    const kept = JSON.parse(readFileSync(file, 'utf8')) as {
      cases: { functions: { self: number; own?: true }[] }[];
    };
    const functions = kept.cases[0]!.functions.toSorted((a, b) => b.self - a.self).slice(0, 25);
    for (const one of functions) delete one.own;
    writeFileSync(file, JSON.stringify({ ...kept, cases: [{ ...kept.cases[0], functions }] }));
    const { code, stdout } = await cli(['snapshot', folder.path, '--check', '--quiet']);
    assert.equal(code, 1);
    assert.match(stdout.toString(), /✗ all: [\d,]+ fuel .*\+/);
    assert.doesNotMatch(stdout.toString(), /cheap::(?:cheap|added)/);
  });
});
