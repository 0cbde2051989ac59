import type { StreamText, StreamUpdate } from '../../shared/panelStream.ts';
import { wholeCharacters } from '../../shared/text.ts';

/** UTF-16 units of a stream's start and end that are shown; a browser lays out this much at once without a stutter. */
const headLimit = 400_000;
const tailLimit = 20_000;

/** The shown part of a stream of any length: its start, and, once that is full, its end as it moves on. */
export class StreamWindow {
  readonly #decoder = new TextDecoder();
  #head = '';
  #tail = '';
  #cut = 0;
  #bytes = 0;
  /** Units of the head that {@link takeUpdate} has handed out. */
  #taken = 0;
  #changed = false;

  write(bytes: Uint8Array): void {
    this.#bytes += bytes.length;
    this.#add(this.#decoder.decode(bytes, { stream: true }));
  }

  /** No more will come: what is left of a broken character is shown as such. */
  end(): void {
    this.#add(this.#decoder.decode());
  }

  text(): StreamText {
    return { head: this.#head, ...this.#rest() };
  }

  /** What changed since the last call; null when nothing did. */
  takeUpdate(): StreamUpdate | null {
    if (!this.#changed) return null;
    this.#changed = false;
    const append = this.#head.slice(this.#taken);
    this.#taken = this.#head.length;
    return { append, ...this.#rest() };
  }

  #add(text: string): void {
    if (text === '') return;
    this.#changed = true;
    const room = this.#tail === '' ? headLimit - this.#head.length : 0;
    const split = room >= text.length ? text.length : wholeCharacters(text, Math.max(0, room));
    this.#head += text.slice(0, split);
    this.#tail += text.slice(split);
    // Trimmed in large steps, so that a flood of small writes doesn't copy the tail each time.
    if (this.#tail.length > 2 * tailLimit) this.#trim();
  }

  #trim(): void {
    if (this.#tail.length <= tailLimit) return;
    const start = wholeCharacters(this.#tail, this.#tail.length - tailLimit);
    this.#cut += start;
    this.#tail = this.#tail.slice(start);
  }

  #rest(): Omit<StreamText, 'head'> {
    this.#trim();
    return { cutCharacters: this.#cut, tail: this.#tail, bytes: this.#bytes };
  }
}
