import { describeInput, isSameProgram, type RunPlan } from './plan.ts';

/**
 * What to say where Run takes a saved case though the program was last run with something else; null where there is
 * nothing to say.
 */
export function otherInput(last: RunPlan | undefined, { input, ...program }: RunPlan): string | null {
  if (last === undefined || input.kind !== 'case' || !isSameProgram(last, program)) return null;
  if (last.input.kind !== 'text' && last.input.kind !== 'file') return null;
  const now = describeInput(input);
  const before = describeInput(last.input);
  return `Run takes saved cases, here the ${now}; the run before had ${before}, and the list of runs can repeat it.`;
}
