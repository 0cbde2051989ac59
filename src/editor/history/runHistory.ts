import { type RunSummary } from '../../shared/panelHistory.ts';
import type { FuelChange, PanelRun } from '../../shared/panelRun.ts';
import type { StreamName } from '../../shared/panelStream.ts';
import type { Profile } from '../../shared/profile.ts';
import type { ErrorValue } from '../../shared/workbenchError.ts';
import type { RunPlan } from '../run/plan.ts';
import { fuelChange } from './fuelChange.ts';
import { redactorOf, type Redactor, type SecretValue } from '../secrets/redact.ts';
import { expired, retention, type StoredRun } from './retention.ts';
import { recordVersion, summaryOf, type KeptRun, type RunIdentity, type RunRecord } from './runRecord.ts';
import { keptStreamBytes, type RunStore } from './runStore.ts';

/** A run that has just ended, secrets and all. */
export interface EndedRun {
  readonly run: PanelRun;
  readonly identity: RunIdentity;
  readonly plan: RunPlan;
  readonly error: ErrorValue | null;
  readonly streams: Readonly<Record<StreamName, Uint8Array>>;
  readonly profile: Profile | null;
}

/**
 * The workspace's last runs. They are read from the disk when something first asks for them, and written there with
 * secrets taken out; the one that ended last is also at hand as it was. One change is made after the other.
 */
export class RunHistory {
  readonly #store: RunStore;
  readonly #secrets: () => Promise<readonly SecretValue[]>;
  readonly #changed: (runs: readonly RunSummary[]) => void;
  #runs: Promise<StoredRun[]> | undefined;
  #last: KeptRun | undefined;
  #work: Promise<unknown> = Promise.resolve();

  /** @param changed told of every change of the list */
  constructor(
    store: RunStore,
    secrets: () => Promise<readonly SecretValue[]>,
    changed: (runs: readonly RunSummary[]) => void,
  ) {
    this.#store = store;
    this.#secrets = secrets;
    this.#changed = changed;
  }

  /** Keeps a run, and says what became of the fuel since the runs before it. */
  add({ run, identity, plan, error, streams, profile }: EndedRun): Promise<FuelChange> {
    return this.#inTurn(async (runs) => {
      const record = (change: FuelChange | null): RunRecord => ({
        version: recordVersion,
        run: { ...run, change },
        identity,
        plan,
        error,
        pinned: false,
        profiled: profile !== null,
      });
      const change = fuelChange(
        record(null),
        runs.map((each) => each.record),
      );
      const whole = record(change);
      this.#last = {
        record: whole,
        stream: (name) => Promise.resolve(streams[name]),
        profile: () => Promise.resolve(profile),
      };
      const redactor = redactorOf(await this.#secrets());
      const written = redactor.data({ ...whole, plan: null, identity: null });
      const samePlan = redactor.text(JSON.stringify(plan)) === JSON.stringify(plan);
      const kept: RunRecord = { ...written, identity, plan: samePlan ? plan : null };
      const contents = {
        output: keptPart(streams.output, redactor),
        stderr: keptPart(streams.stderr, redactor),
      };
      runs.unshift({ record: kept, bytes: await this.#store.add(kept, contents, profile) });
      for (const { run: old } of expired(runs, retention)) await this.#drop(runs, old.id);
      return change;
    });
  }

  /** The newest first. */
  async list(): Promise<RunSummary[]> {
    await this.#work;
    return (await this.#all()).map(({ record }) => summaryOf(record));
  }

  /** Undefined for a run that is no longer kept. */
  async get(id: string): Promise<KeptRun | undefined> {
    await this.#work;
    if (this.#last?.record.run.id === id) return this.#last;
    const record = (await this.#all()).find((each) => each.record.run.id === id)?.record;
    if (record === undefined) return undefined;
    return { record, stream: (name) => this.#store.stream(id, name), profile: () => this.#store.profile(id) };
  }

  /** Pins a run, or lets a pinned one go. */
  togglePin(id: string): Promise<void> {
    return this.#inTurn(async (runs) => {
      const at = runs.findIndex(({ record }) => record.run.id === id);
      const found = runs[at];
      if (found === undefined) return;
      const record = { ...found.record, pinned: !found.record.pinned };
      await this.#store.update(record);
      runs[at] = { ...found, record };
    });
  }

  remove(id: string): Promise<void> {
    return this.#inTurn((runs) => this.#drop(runs, id));
  }

  /** Deletes all but pinned runs. */
  clear(): Promise<void> {
    return this.#inTurn(async (runs) => {
      for (const { record } of [...runs]) if (!record.pinned) await this.#drop(runs, record.run.id);
    });
  }

  /** Resolves once everything asked for so far is on the disk. */
  async settled(): Promise<void> {
    await this.#work;
  }

  async #drop(runs: StoredRun[], id: string): Promise<void> {
    const at = runs.findIndex(({ record }) => record.run.id === id);
    if (at === -1) return;
    runs.splice(at, 1);
    if (this.#last?.record.run.id === id) this.#last = undefined;
    await this.#store.remove(id);
  }

  #all(): Promise<StoredRun[]> {
    return (this.#runs ??= this.#store.all());
  }

  #inTurn<T>(change: (runs: StoredRun[]) => Promise<T>): Promise<T> {
    const done = this.#work.then(async () => {
      const runs = await this.#all();
      try {
        return await change(runs);
      } finally {
        this.#changed(runs.map(({ record }) => summaryOf(record)));
      }
    });
    // What failed is the caller's to tell; the next change goes on.
    this.#work = done.catch(() => undefined);
    return done;
  }
}

/** Bytes that are left off where a stream is cut: a secret that the cut goes through can't be recognised. */
const longestSecret = 64 * 1024;

/** As much of a stream as is kept, without secrets. */
function keptPart(bytes: Uint8Array, redactor: Redactor): Uint8Array {
  if (bytes.length <= keptStreamBytes) return redactor.bytes(bytes);
  const start = redactor.bytes(bytes.subarray(0, keptStreamBytes));
  return start.subarray(0, start.length - longestSecret);
}
