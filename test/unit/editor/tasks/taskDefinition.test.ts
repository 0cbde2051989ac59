import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { taskBuild } from '../../../../src/editor/tasks/taskDefinition.ts';
import { WorkbenchError } from '../../../../src/shared/workbenchError.ts';

const folder = resolve('/wörk bench');

describe('the definition of a task', () => {
  it('leaves to the settings and the crate what it leaves out', () => {
    assert.deepEqual(taskBuild({ type: 'wasi' }, folder), {
      plan: { crateDir: folder, runnable: null, target: null, optimise: false },
      profile: null,
    });
  });

  it('names crate, program, target, profile and optimising', () => {
    const definition = {
      crate: 'crates/a b',
      example: 'demo',
      target: 'wasm32-wasip1',
      profile: 'dev',
      optimise: true,
    };
    assert.deepEqual(taskBuild(definition, folder), {
      plan: {
        crateDir: resolve(folder, 'crates', 'a b'),
        runnable: { kind: 'example', name: 'demo', package: null },
        target: 'wasm32-wasip1',
        optimise: true,
      },
      profile: 'dev',
    });
  });

  it('keeps an absolute folder, as ${workspaceFolder} becomes', () => {
    const crate = resolve('/elsewhere/crate');
    assert.equal(taskBuild({ crate }, folder).plan.crateDir, crate);
  });

  const wrong: [definition: Record<string, unknown>, code: string, message: RegExp][] = [
    [{ crate: 1 }, 'usage', /“crate”/],
    [{ bin: '' }, 'usage', /“bin”/],
    [{ optimise: 'yes' }, 'usage', /“optimise”/],
    [{ bin: 'a', example: 'b' }, 'usage', /both “bin” and “example”/],
    [{ target: 'wasm64' }, 'unknown-target', /wasm64/],
  ];
  for (const [definition, code, message] of wrong) {
    it(`refuses ${JSON.stringify(definition)}`, () => {
      assert.throws(
        () => taskBuild(definition, folder),
        (error) =>
          error instanceof WorkbenchError &&
          error.value.code === code &&
          message.test(error.message) &&
          error.value.hint !== null,
      );
    });
  }
});
