import type { RunComparison } from '../../shared/panelHistory.ts';
import { emptyStream, type StreamName, type StreamText } from '../../shared/panelStream.ts';
import { wholeStreamLimit, type PanelUpdate } from '../../shared/panelMessages.ts';
import type { RunHistory } from '../history/runHistory.ts';
import type { PanelModel } from './panelModel.ts';
import { StreamWindow } from './streamWindow.ts';

/** Which run the panel shows: the one that goes on or ended last, which it follows, or an earlier one. */
export class ShownRun {
  readonly #model: PanelModel;
  readonly #history: RunHistory;
  readonly #send: (update: PanelUpdate) => void;
  /** Null for the model's. */
  #earlier: string | null = null;

  constructor(model: PanelModel, history: RunHistory, send: (update: PanelUpdate) => void) {
    this.#model = model;
    this.#history = history;
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
    this.#send({ type: 'show', run: kept.record.run, output: windowOn(output), stderr: windowOn(stderr) });
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
