import { lacksLines } from '../../profile/frameGroups.ts';
import type { RunResult } from '../../shared/runResult.ts';
import type { ErrorAction, ErrorCode } from '../../shared/workbenchError.ts';
import type { RunPlan } from './plan.ts';

const ranTooLong: readonly ErrorCode[] = ['out-of-fuel', 'out-of-time'];

/** A run's result with the steps that another run of the same could take: to profile it, or to learn the lines. */
export function withNextSteps(result: RunResult, { profile, lineTables }: RunPlan): RunResult {
  const { error } = result;
  if (error === null || profile === true) return result;
  const steps: ErrorAction[] = [];
  if (ranTooLong.includes(error.code)) steps.push({ kind: 'profile' });
  if (lineTables !== true && lacksLines(error.backtrace)) steps.push({ kind: 'line-tables' });
  return steps.length === 0
    ? result
    : { ...result, error: { ...error, actions: [...error.actions, ...steps] } };
}
