import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/lib/places.mjs';
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
