import type { RunComparison } from '../../shared/panelHistory.ts';
import { emptyStream, type StreamName, type StreamText } from '../../shared/panelStream.ts';
import { wholeStreamLimit, type PanelUpdate } from '../../shared/panelMessages.ts';
import type { PanelRun } from '../../shared/panelRun.ts';
import type { RunHistory } from '../history/runHistory.ts';
import type { KeptRun } from '../history/runRecord.ts';
import type { Profiles } from '../profile/profiles.ts';
import type { PanelModel } from './panelModel.ts';
import { StreamWindow } from './streamWindow.ts';

/** Which run the panel shows: the one that goes on or ended last, which it follows, or an earlier one. */
export class ShownRun {
  readonly #model: PanelModel;
  readonly #history: RunHistory;
  readonly #profiles: Profiles;
  readonly #send: (update: PanelUpdate) => void;
  /** Null for the model's. */
  #earlier: string | null = null;

  constructor(
    model: PanelModel,
    history: RunHistory,
    profiles: Profiles,
    send: (update: PanelUpdate) => void,
  ) {
    this.#model = model;
    this.#history = history;
    this.#profiles = profiles;
    this.#send = send;
  }

  /** An update of the model: a run that begins comes into sight, the rest only where it is in sight. */
  follow(update: PanelUpdate): void {
    if (update.type === 'show') this.#earlier = null;
    if (this.#earlier === null) this.#send(update);
  }

  /** A page that is there for the first time, or again. `remembered` is what it showed before. */
  async welcome(remembered: string | null): Promise<void> {
    const runs = await this.#history.list();
    this.#send({ type: 'runs', runs });
    if (this.#earlier === null && this.#model.run !== null) this.#model.show();
    else {
      const wanted = [this.#earlier, remembered].find((id) => runs.some((run) => run.id === id));
      await this.show(wanted ?? runs[0]?.id ?? null);
    }
  }

  /** The run that was in sight before something took its place. */
  async showAgain(): Promise<void> {
    await this.show(this.#earlier ?? this.#model.run?.id ?? (await this.#history.list())[0]?.id ?? null);
  }

  /** One of the kept runs; null for none at all. */
  async show(id: string | null): Promise<void> {
    if (id !== null && id === this.#model.run?.id) {
      this.#model.show();
      return;
    }
    const kept = id === null ? undefined : await this.#history.get(id);
    if (kept === undefined) {
      this.#send({ type: 'show', run: null, output: emptyStream, stderr: emptyStream });
      return;
    }
    const [output, stderr] = await Promise.all([kept.stream('output'), kept.stream('stderr')]);
    this.#earlier = id;
    this.#send({
      type: 'show',
      run: await this.#withProfile(kept),
      output: windowOn(output),
      stderr: windowOn(stderr),
    });
  }

  /** The ids of profiles are the window's, so that one kept by another window gets a new one. */
  async #withProfile({ record, profile }: KeptRun): Promise<PanelRun> {
    const { run, identity } = record;
    if (run.outcome === null) return run;
    const found = await profile();
    if (found === null) return run;
    const title = `${run.program} · ${run.input}`;
    const { id } = this.#profiles.lookBack({ profile: found, title, crateDir: identity.crateDir });
    return { ...run, outcome: { ...run.outcome, profile: id } };
  }

  compare(comparison: RunComparison): void {
    this.#send({ type: 'comparison', comparison });
  }

  /** As much of a stream as the panel takes. */
  async sendContent(run: string, stream: StreamName): Promise<void> {
    const bytes = await (await this.#history.get(run))?.stream(stream);
    if (bytes)
      this.#send({
        type: 'content',
        run,
        stream,
        bytes: new Uint8Array(bytes.subarray(0, wholeStreamLimit)),
      });
  }
}

function windowOn(bytes: Uint8Array): StreamText {
  const window = new StreamWindow();
  window.write(bytes);
  window.end();
  return window.text();
}
