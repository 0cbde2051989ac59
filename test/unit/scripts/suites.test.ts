import assert from 'node:assert/strict';
import { type Counts, countsText, runSuite } from '../../../scripts/lib/suites.mjs';

/** Runs a suite whose program is given; `report` writes its counts as a suite does. */
function suite(program: string, minutes = 1): Promise<Counts> {
  const report = 'const report = (counts) => fs.writeFileSync(process.env.WASI_WORKBENCH_REPORT, counts);';
  const command = ['-e', `const fs = require('node:fs'); ${report} ${program}`];
  return runSuite({ name: 'made-up', timeoutMinutes: minutes, needs: [], command });
}

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

describe('countsText', () => {
  it('is the closing line; skipped tests are told only where there are some', () => {
    assert.equal(countsText({ passed: 12, failed: 0, skipped: 0 }), '12 passed, 0 failed');
    assert.equal(countsText({ passed: 12, failed: 1, skipped: 3 }), '12 passed, 1 failed, 3 skipped');
  });
});
