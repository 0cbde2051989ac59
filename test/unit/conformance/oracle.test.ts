import assert from 'node:assert/strict';
import { Oracle, OracleFailed } from '../../conformance/oracle.ts';
import type { Program } from '../../conformance/program.ts';

const program = (name: string): Program => ({ name, kind: 'core', modules: [] });

/** Answers each request with no outcome, but dies of one that is limited to 13 units. */
const host = `
  require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
    if (JSON.parse(line).fuels[0] === 13) process.exit(3);
    console.log(JSON.stringify({ outcomes: [], compileMs: process.pid }));
  });`;

describe('Conformance: an oracle that dies', () => {
  it('fails on the program that it died of, and answers for the next', async () => {
    using oracle = new Oracle({ command: process.execPath, args: ['-e', host] });
    const first = await oracle.run(program('first'), [1]);
    const second = await oracle.run(program('second'), [1]);
    assert.equal(first.compileMs, second.compileMs, 'one process for all');
    await assert.rejects(oracle.run(program('deadly'), [13]), (error) => {
      assert.ok(error instanceof OracleFailed);
      assert.match(error.message, /deadly/);
      return true;
    });
    const third = await oracle.run(program('third'), [1]);
    assert.notEqual(third.compileMs, first.compileMs, 'another process');
  });
});
