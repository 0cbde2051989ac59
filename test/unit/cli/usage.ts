import assert from 'node:assert/strict';
import { type ErrorValue, WorkbenchError } from '../../../src/shared/workbenchError.ts';

/** The error value that a function throws. */
export function thrownBy(act: () => unknown): ErrorValue {
  try {
    act();
  } catch (error) {
    assert.ok(error instanceof WorkbenchError, String(error));
    return error.value;
  }
  assert.fail('nothing was thrown');
}

/** Like {@link thrownBy}, and it has to be a usage error with a next step. */
export function usage(act: () => unknown): ErrorValue {
  const error = thrownBy(act);
  assert.equal(error.code, 'usage');
  assert.ok(error.hint);
  return error;
}
