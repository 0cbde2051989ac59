import type { BuildProgress } from '../../compiler/buildRequest.ts';
import type { PanelUpdate } from '../../shared/panelMessages.ts';
import type { FuelChange, PanelOutcome, PanelRun } from '../../shared/panelRun.ts';
import type { StreamName } from '../../shared/panelStream.ts';
import { StreamWindow } from './streamWindow.ts';

/** What a run is, before anything of it happened. */
export type PanelSubject = Omit<PanelRun, 'phase' | 'buildMs' | 'notes' | 'outcome' | 'change'>;

/** Milliseconds between two updates of a panel: often enough to look live, rare enough for any flood. */
const updateIntervalMs = 60;

/**
 * The state behind the panel. It lives on while no panel is open, so that one opened later shows the same.
 * Updates are collected and handed out in batches.
 */
export class PanelModel {
  readonly #listener: (update: PanelUpdate) => void;
  #run: PanelRun | null = null;
  #streams = { output: new StreamWindow(), stderr: new StreamWindow() };
  #phaseStart = 0;
  #runChanged = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(listener: (update: PanelUpdate) => void) {
    this.#listener = listener;
  }

  /** Another run takes the place of the one before it. */
  begin(subject: PanelSubject): void {
    this.#streams = { output: new StreamWindow(), stderr: new StreamWindow() };
    this.#phaseStart = performance.now();
    const phase = { kind: 'building', elapsedMs: 0, progress: null } as const;
    this.#run = { ...subject, phase, buildMs: null, notes: [], outcome: null, change: null };
    this.show();
  }

  building({ done, total, crate }: BuildProgress): void {
    const count = total === null ? `${done}` : `${done} of ${total}`;
    const progress = crate === null ? `${count} crates` : `${crate} (${count} crates)`;
    this.#change({ phase: { kind: 'building', elapsedMs: this.#elapsed(), progress } });
  }

  running(built: Pick<PanelRun, 'buildMs' | 'notes' | 'profileKind'>): void {
    this.#phaseStart = performance.now();
    this.#change({ ...built, phase: { kind: 'running', elapsedMs: 0, fuel: null } });
  }

  /** Units that the program has used so far. */
  usedSoFar(fuel: number): void {
    this.#change({ phase: { kind: 'running', elapsedMs: this.#elapsed(), fuel } });
  }

  write(stream: StreamName, bytes: Uint8Array): void {
    this.#streams[stream].write(bytes);
    this.#schedule();
  }

  /** One more sentence that a person should read. */
  note(sentence: string): void {
    if (this.#run !== null) this.#change({ notes: [...this.#run.notes, sentence] });
  }

  finish(outcome: PanelOutcome): void {
    this.#streams.output.end();
    this.#streams.stderr.end();
    this.#change({ phase: { kind: 'done' }, outcome });
    this.#flush();
  }

  /** What became of the fuel since the runs before. Too late where another run has begun. */
  amend(id: string, change: FuelChange): void {
    if (this.#run?.id === id) this.#change({ change });
  }

  /** Hands out everything, for a panel that has nothing yet. Streams are counted as handed out. */
  show(): void {
    this.#clearTimer();
    this.#runChanged = false;
    const { output, stderr } = this.#streams;
    output.takeUpdate();
    stderr.takeUpdate();
    this.#listener({ type: 'show', run: this.#current(), output: output.text(), stderr: stderr.text() });
  }

  get run(): PanelRun | null {
    return this.#run;
  }

  dispose(): void {
    this.#clearTimer();
  }

  #change(part: Partial<PanelRun>): void {
    if (this.#run === null) return;
    this.#run = { ...this.#run, ...part };
    this.#runChanged = true;
    this.#schedule();
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => this.#flush(), updateIntervalMs);
  }

  #flush(): void {
    this.#clearTimer();
    for (const stream of ['output', 'stderr'] as const) {
      const update = this.#streams[stream].takeUpdate();
      if (update !== null) this.#listener({ type: 'stream', stream, update });
    }
    const run = this.#current();
    if (this.#runChanged && run !== null) this.#listener({ type: 'run', run });
    this.#runChanged = false;
  }

  #clearTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** The run with its elapsed time as of now: the two sides' clocks may differ, their speed doesn't. */
  #current(): PanelRun | null {
    if (this.#run === null || this.#run.phase.kind === 'done') return this.#run;
    return { ...this.#run, phase: { ...this.#run.phase, elapsedMs: this.#elapsed() } };
  }

  #elapsed(): number {
    return performance.now() - this.#phaseStart;
  }
}
