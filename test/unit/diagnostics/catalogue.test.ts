import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { knownFailures } from '../../../src/compiler/knownFailures.ts';
import { rules } from '../../../src/diagnostics/rules/index.ts';
import { isRuleCode, pageOf, ruleCodes } from '../../../src/shared/ruleCode.ts';
import { errors, nearMisses } from './errors/errorCases.ts';
import { manifestCases } from './rules/manifestCases.ts';
import { sourceCases } from './rules/sourceCases.ts';
import { wasmCases } from './rules/wasmCases.ts';

const pages = new URL('../../../docs/diagnostics/', import.meta.url);

/** These two are made of a run that succeeded, and tested with findingsOfRun. */
const ofSuccess = ['wasi/empty-output', 'wasi/output-not-json'];

describe('the catalogue of mistakes', () => {
  it('has one rule for each code, in the same order', () => {
    assert.deepEqual(
      rules.map(({ code }) => code),
      [...ruleCodes],
    );
  });

  for (const { code, explanation, ...rule } of rules) {
    it(`has a page for ${code}, and fixtures for all that it looks at`, () => {
      const page = readFileSync(new URL(`${pageOf(code)}.md`, pages), 'utf8');
      assert.ok(page.startsWith(`# ${code}: `));
      for (const part of ['What is seen', 'Why', 'What mends it', 'Example']) {
        assert.ok(page.includes(`\n## ${part}\n`), part);
      }
      assert.match(explanation, /\.$/);
      const crates = manifestCases[code] ?? sourceCases[code];
      if (rule.manifest || rule.rust || rule.config) {
        assert.ok(
          crates && Object.keys(crates.found).length > 0 && Object.keys(crates.nearMisses).length > 0,
        );
      }
      const binaries = wasmCases[code];
      if (rule.wasm) {
        assert.ok(
          binaries && Object.keys(binaries.found).length > 0 && Object.keys(binaries.nearMisses).length > 0,
        );
      }
      const isOfError = errors.some(([of]) => of === code) || ofSuccess.includes(code);
      assert.equal(
        nearMisses.some(([of]) => of === code),
        errors.some(([of]) => of === code),
      );
      assert.ok(crates ?? binaries ?? isOfError);
    });
  }

  it('has no page for anything else, and a list of all of them', () => {
    const names = readdirSync(pages).filter((name) => name !== 'README.md');
    assert.deepEqual(names.sort(), ruleCodes.map((code) => `${pageOf(code)}.md`).sort());
    const list = readFileSync(new URL('README.md', pages), 'utf8');
    assert.deepEqual(
      ruleCodes.filter((code) => !list.includes(`[${code}](${pageOf(code)}.md)`)),
      [],
    );
  });

  it('lists quick fixes of mistakes that there are', () => {
    const [, table = ''] = readFileSync(new URL('README.md', pages), 'utf8').split('## Quick fixes');
    const rows = table.split('\n').filter((line) => line.startsWith('| ') && !/^\| (fix|-)/.test(line));
    const codes = rows.flatMap((row) => row.split('|').at(-2)!.trim().split(', '));
    assert.ok(codes.length > 30);
    assert.deepEqual(
      codes.filter((code) => !isRuleCode(`wasi/${code}`)),
      [],
    );
  });

  it('knows the mistakes that failures of a build name', () => {
    const named = knownFailures.flatMap(({ rule }) => (rule === undefined ? [] : [rule]));
    assert.ok(named.length > 10);
    assert.deepEqual(
      named.filter((code) => !isRuleCode(code)),
      [],
    );
  });
});
