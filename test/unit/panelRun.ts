import type { PanelSubject } from '../../src/editor/panel/panelModel.ts';
import { defaultLimits } from '../../src/shared/limits.ts';
import type { PanelMeasures, PanelRun } from '../../src/shared/panelRun.ts';
import { workerAnswer } from './runResult.ts';

/** What the panel knows of a run before it begins, for tests to vary. */
export const panelSubject: PanelSubject = {
  id: 'run-1',
  startedAt: 0,
  program: 'app',
  target: 'wasm32-wasip2',
  buildProfile: 'release',
  profileKind: 'wasi',
  input: 'no input',
  limits: defaultLimits,
  fuelModel: 'wasmtime-28',
};

/** A run whose build has just begun, with what a test changes of it. */
export function panelRun(change: Partial<PanelRun> = {}): PanelRun {
  return {
    ...panelSubject,
    phase: { kind: 'building', elapsedMs: 0, progress: null },
    buildMs: null,
    notes: [],
    outcome: null,
    change: null,
    ...change,
  };
}

/** A component's run that succeeded, with what a test changes of it. */
export function panelMeasures(change: Partial<PanelMeasures> = {}): PanelMeasures {
  return {
    format: 'p2',
    formatTitle: 'WASI Preview 2 component',
    exitCode: null,
    fuel: 1000,
    peakMemoryBytes: 65_536,
    measured: 'exact',
    wasmBytes: 1000,
    loadMs: 1,
    runMs: 1,
    success: true,
    worker: workerAnswer({ billedFuel: 1000 }),
    ...change,
  };
}
