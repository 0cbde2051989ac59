import { panelMeasures, panelRun } from '../../panelRun.ts';
import type { EndedRun } from '../../../../src/editor/history/runHistory.ts';
import { recordVersion, type RunIdentity, type RunRecord } from '../../../../src/editor/history/runRecord.ts';
import type { PanelMeasures, PanelOutcome, PanelRun } from '../../../../src/shared/panelRun.ts';

const identity: RunIdentity = {
  crateDir: '/work/app',
  program: 'app',
  target: 'wasm32-wasip2',
  fuelModel: 'wasmtime-28',
  input: 'digest',
};

interface Varied {
  readonly id?: string;
  readonly startedAt?: number;
  readonly fuel?: number;
  readonly success?: boolean;
  readonly measured?: PanelMeasures['measured'];
  readonly headline?: string;
}

/** The outcome of a run, or of a build that failed where `fuel` is null. */
function outcome({
  fuel = 1000,
  success = true,
  measured = 'exact',
  headline = 'Succeeded',
}: Varied): PanelOutcome {
  return { success, headline, error: null, measures: panelMeasures({ fuel, measured }), price: null };
}

function endedRun(varied: Varied = {}): PanelRun {
  return panelRun({
    id: varied.id ?? 'run-1',
    startedAt: varied.startedAt ?? 0,
    phase: { kind: 'done' },
    buildMs: 1,
    outcome: outcome(varied),
  });
}

export function record(varied: Varied = {}, differing: Partial<RunIdentity> = {}): RunRecord {
  return {
    version: recordVersion,
    run: endedRun(varied),
    identity: { ...identity, ...differing },
    plan: null,
    error: null,
    pinned: false,
    profiled: false,
  };
}

export const plan: EndedRun['plan'] = {
  crateDir: '/work/app',
  runnable: { kind: 'bin', name: 'app', package: 'app' },
  target: null,
  input: { kind: 'none' },
};

const bytes = (text: string) => new TextEncoder().encode(text);

export function ended(varied: Varied = {}, output = '', stderr = ''): EndedRun {
  const streams = { output: bytes(output), stderr: bytes(stderr) };
  return { run: endedRun(varied), identity, plan, error: null, streams, profile: null };
}
