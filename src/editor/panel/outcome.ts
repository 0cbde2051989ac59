import { formats } from '../../executor/formats.ts';
import { formatNear, formatUsd } from '../../executor/outcome/price.ts';
import type {
  PanelError,
  PanelMeasures,
  PanelNetwork,
  PanelOutcome,
  PanelPrice,
} from '../../shared/panelRun.ts';
import type { ProfileKind } from '../../shared/profileKind.ts';
import { ownPath } from '../../profile/ownPath.ts';
import type { RunResult } from '../../shared/runResult.ts';
import type { ErrorAction, ErrorValue } from '../../shared/workbenchError.ts';
import { commandOfAction } from '../errorActions.ts';

/**
 * How a run ended, as the panel tells it; the profile chooses whose view leads.
 *
 * @param crateDir what places in the user's own code are relative to
 */
export function outcomeOfRun(result: RunResult, profileKind: ProfileKind, crateDir: string): PanelOutcome {
  const workerLeads = profileKind === 'outlayer';
  const success = workerLeads ? result.worker.success : result.success;
  const error = result.error === null || success ? null : ofCrate(panelError(result.error), crateDir);
  return {
    success,
    headline: headline(result, success),
    error,
    measures: measures(result),
    price: workerLeads ? price(result) : null,
    ...(result.network.length > 0 && { network: panelNetwork(result.network) }),
  };
}

/** How a build ended that made nothing to run, or a run that never began. */
export function outcomeOfFailure(error: ErrorValue): PanelOutcome {
  const compiled = error.code !== 'build-failed' || !error.actions.some(({ kind }) => kind === 'show-source');
  const headline = compiled ? error.message : `Does not compile: ${error.message}`;
  return { success: false, headline, error: panelError(error), measures: null, price: null };
}

/** More rows than that nobody reads, and the panel would draw them for seconds. */
const mostAttempts = 1000;

function panelNetwork(network: RunResult['network']): PanelNetwork {
  const attempts = network.slice(0, mostAttempts);
  return { attempts, left: network.length - attempts.length };
}

function headline(result: RunResult, success: boolean): string {
  if (success) return 'Succeeded';
  if (result.error !== null) return result.error.message;
  return `The worker would answer: ${result.worker.message ?? 'failed'}`;
}

/** Of a program that the worker has compiled already. */
function price({ worker }: RunResult): PanelPrice {
  return { near: formatNear(worker.price.yoctoNear), usd: formatUsd(worker.price.microUsd) };
}

function measures(result: RunResult): PanelMeasures {
  const { format, exitCode, fuel, peakMemoryBytes, measured, wasmBytes, loadMs, runMs, success, worker } =
    result;
  return {
    format,
    formatTitle: formats.find(({ name }) => name === format)?.title ?? 'unknown format',
    exitCode,
    fuel,
    peakMemoryBytes,
    measured,
    wasmBytes,
    loadMs,
    runMs,
    success,
    worker,
  };
}

function ofCrate(error: PanelError, crateDir: string): PanelError {
  const named = error.backtrace.map((frame) => ({
    ...frame,
    file: frame.file === null ? null : ownPath(frame.file, crateDir),
  }));
  return { ...error, backtrace: named };
}

/** A place has its button's name from it, as the places of a backtrace have. */
function titleOf(action: ErrorAction): string {
  return action.kind === 'show-source'
    ? `${action.file.split(/[\\/]/).at(-1)!}:${action.line}`
    : commandOfAction(action).title;
}

function panelError({ code, cause, hint, actions, backtrace }: ErrorValue): PanelError {
  const actFirst = actions[0]?.kind === 'run-with-input';
  return { code, cause, hint, actions: actions.map(titleOf), ...(actFirst && { actFirst }), backtrace };
}
