import assert from 'node:assert/strict';
import { adaptToComponent } from '../../../src/compiler/adapt.ts';
import { createCoreEngine } from '../../../src/executor/engine/createEngine.ts';
import { execute } from '../../../src/executor/execute.ts';
import { WorkbenchError } from '../../../src/shared/workbenchError.ts';
import { preview1Program, print, requestFor } from '../executor/support.ts';

describe('adapting preview 1 to a component', () => {
  it('makes one that does the same under WASI 0.2', async () => {
    const component = await adaptToComponent(preview1Program(print(1, 5), 'hello'));
    assert.deepEqual([...component.subarray(0, 8)], [0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0]);
    const output: number[] = [];
    const report = await execute(requestFor(component), {
      stdout: (bytes) => output.push(...bytes),
      stderr: () => undefined,
      createEngine: createCoreEngine,
    });
    assert.equal(report.error, null);
    assert.equal(report.format, 'p2');
    assert.equal(Buffer.from(output).toString(), 'hello');
  });

  it('refuses what is no preview 1 module, with the cause', async () => {
    await assert.rejects(adaptToComponent(Uint8Array.of(1, 2, 3, 4)), (error: unknown) => {
      assert.ok(error instanceof WorkbenchError);
      assert.equal(error.value.code, 'adapt-failed');
      assert.match(error.value.cause ?? '', /magic/);
      return true;
    });
  });
});
