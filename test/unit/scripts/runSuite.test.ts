import assert from 'node:assert/strict';
import type { Suite } from '../../../scripts/lib/suites.mjs';
import { type Counts, countsText, runSuite } from '../../../scripts/lib/runSuite.mjs';

/** A suite whose program is given: `report` writes its counts as a suite does, `files` are those it is to run alone. */
function madeUp(program: string, minutes = 1): Suite {
  const report = 'const report = (counts) => fs.writeFileSync(process.env.WASI_WORKBENCH_REPORT, counts);';
  const begin = `const fs = require('node:fs'); const files = process.argv.slice(1); ${report}`;
  const command = (files: readonly string[]) => ['-e', `${begin} ${program}`, ...files];
  return { name: 'made-up', timeoutMinutes: minutes, needs: [], command };
}

const suite = (program: string, minutes?: number): Promise<Counts> => runSuite(madeUp(program, minutes));

const twoPassed = `report('{"passed":2,"failed":0,"skipped":1}');`;

describe('runSuite', () => {
  it('takes the counts of the report', async () => {
    assert.deepEqual(await suite(twoPassed), { passed: 2, failed: 0, skipped: 1 });
  });

  it('counts the failures of the report once', async () => {
    const counts = await suite(`report('{"passed":2,"failed":3,"skipped":0}'); process.exit(3)`);
    assert.deepEqual(counts, { passed: 2, failed: 3, skipped: 0 });
  });

  for (const [what, program, passed] of [
    ['ends before it reports', 'process.exit(0)', 0],
    ['runs no test', `report('{"passed":0,"failed":0,"skipped":0}')`, 0],
    ['crashes after its report', `${twoPassed} process.kill(process.pid, 'SIGKILL')`, 2],
    ['reports half an object', `report('{"passed":'); process.exit(0)`, 0],
  ] as const) {
    it(`fails one that ${what}`, async () => {
      const counts = await suite(program);
      assert.deepEqual([counts.passed, counts.failed], [passed, 1]);
    });
  }

  it('ends one that takes too long, and keeps what it reported', async () => {
    const counts = await suite(`${twoPassed} setInterval(() => {}, 1000)`, 0.05);
    assert.deepEqual(counts, { passed: 2, failed: 1, skipped: 1 });
  });
});

/** What a whole run of three files reports, of which the first and some others fail, and then runs in parts. */
const inParts = (failing: number, second: string) => `
  const counts = (failed) => ({ passed: 4, failed, skipped: 1 });
  const names = ['a', 'b', 'c'];
  if (files.length === 0) {
    const all = { passed: 12, failed: ${failing}, skipped: 3 };
    const each = names.map((name, index) => [name, counts(index < ${failing} ? 1 : 0)]);
    report(JSON.stringify({ ...all, files: Object.fromEntries(each) }));
    process.exit(1);
  }
  ${second}`;

describe('a second chance', () => {
  const given = (program: string, secondChance = true) => runSuite({ ...madeUp(program), secondChance });
  const steady = (passed: number) => `report('{"passed":${passed},"failed":0,"skipped":0}');`;

  it('is given to the files that failed, whose counts are then those of the second run', async () => {
    const second = `if (files.join() !== 'a') process.exit(9); ${steady(5)}`;
    assert.deepEqual(await given(inParts(1, second)), { passed: 13, failed: 0, skipped: 2 });
    assert.deepEqual(await given(inParts(2, steady(10))), { passed: 14, failed: 0, skipped: 1 });
  });

  it('fails what fails again, or ends without having run', async () => {
    const again = `report('{"passed":4,"failed":1,"skipped":0}'); process.exit(1);`;
    assert.equal((await given(inParts(1, again))).failed, 1);
    assert.equal((await given(inParts(1, 'process.exit(0)'))).failed, 1);
    assert.equal((await given(inParts(1, `${steady(5)} process.exit(3)`))).failed, 1);
  });

  it('is not given where many files failed, or to a suite outside an editor', async () => {
    assert.deepEqual(await given(inParts(3, steady(15))), { passed: 12, failed: 3, skipped: 3 });
    assert.deepEqual(await given(inParts(1, steady(5)), false), { passed: 12, failed: 1, skipped: 3 });
  });
});

describe('countsText', () => {
  it('is the closing line; skipped tests are told only where there are some', () => {
    assert.equal(countsText({ passed: 12, failed: 0, skipped: 0 }), '12 passed, 0 failed');
    assert.equal(countsText({ passed: 12, failed: 1, skipped: 3 }), '12 passed, 1 failed, 3 skipped');
  });
});
