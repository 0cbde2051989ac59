import * as vscode from 'vscode';
import type { Profile } from '../../shared/profile.ts';
import type { RunPlan } from '../run/plan.ts';

/** A profile that the window has at hand. */
export interface KeptProfile {
  readonly id: number;
  readonly profile: Profile;
  /** What was run, or the file that it was saved in. */
  readonly title: string;
  /** Where its own sources are; null for one that was saved elsewhere. */
  readonly crateDir: string | null;
  /** What was built and run; left out for one that was saved. */
  readonly plan?: RunPlan;
}

/** Profiles of earlier runs that the panel may still ask for; each may be some megabytes. */
const mostKept = 6;

/** The profiles of a window's last runs. */
export class Profiles implements vscode.Disposable {
  readonly #kept = new Map<number, KeptProfile>();
  readonly #changed = new vscode.EventEmitter<void>();
  /** Told when {@link latest} is another. */
  readonly onDidChange = this.#changed.event;
  #last = 0;
  #opened: KeptProfile | undefined;
  #latest: KeptProfile | undefined;

  /** Keeps the profile of a run, as the latest. */
  add(profile: Omit<KeptProfile, 'id'>): KeptProfile {
    const latest = this.lookBack(profile);
    this.#latest = latest;
    this.#changed.fire();
    return latest;
  }

  /** Keeps a profile of an earlier run, for the panel alone. */
  lookBack(profile: Omit<KeptProfile, 'id'>): KeptProfile {
    const kept = { ...profile, id: ++this.#last };
    this.#kept.set(kept.id, kept);
    for (const id of [...this.#kept.keys()].slice(0, -mostKept)) this.#kept.delete(id);
    return kept;
  }

  /** Has a saved one in the place of the last run's, until it is closed. */
  open(profile: Omit<KeptProfile, 'id'>): void {
    this.#opened = this.lookBack(profile);
    this.#changed.fire();
  }

  close(): void {
    if (this.#opened === undefined) return;
    this.#opened = undefined;
    this.#changed.fire();
  }

  /** The saved one that was opened last, and not closed since. */
  get opened(): KeptProfile | undefined {
    return this.#opened;
  }

  of(id: number): KeptProfile | undefined {
    return this.#kept.get(id);
  }

  /** What the editor shows. */
  get latest(): KeptProfile | undefined {
    return this.#opened ?? this.#latest;
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
