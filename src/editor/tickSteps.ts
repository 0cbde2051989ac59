import type { Finished } from './run/runner.ts';
import { setContextKey } from './setContextKey.ts';

/** Tells the walkthrough what of its steps a run has done; what failed to build has not run. */
export function stepTicker(): (finished: Pick<Finished, 'result' | 'outcome'>) => void {
  let hasRun = false;
  return ({ result, outcome }) => {
    if (result === null) return;
    setContextKey(hasRun ? 'ranAgain' : 'ran');
    hasRun = true;
    if (!outcome.success) setContextKey('failed');
  };
}
