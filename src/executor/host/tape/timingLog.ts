import type { TimingQuestion } from '../clocks.ts';

/** Answers in a row that are the same make one line, such as `read yes ×12`. */
const line = /^(\w+) (\S*)(?: ×(\d+))?$/;

export class TimingWriter {
  readonly lines: string[] = [];
  #last = '';
  #times = 0;

  add(question: TimingQuestion, answer: string): void {
    const said = `${question} ${answer}`;
    this.#times = said === this.#last ? this.#times + 1 : 1;
    if (this.#times > 1) this.lines[this.lines.length - 1] = `${said} ×${this.#times}`;
    else this.lines.push(said);
    this.#last = said;
  }
}

/** Reads answers back in their order. Once the program asks otherwise than it did, nothing of the rest is meant. */
export class TimingReader {
  readonly #lines: readonly string[];
  #at = 0;
  #used = 0;
  #astray = false;

  constructor(lines: readonly string[]) {
    this.#lines = lines;
  }

  /** The next answer; null where there is none to that question. */
  next(question: TimingQuestion): string | null {
    const found = this.#astray ? null : line.exec(this.#lines[this.#at] ?? '');
    const [, asked, answer = '', times = '1'] = found ?? [];
    if (asked !== question) {
      this.#astray = true;
      return null;
    }
    if (++this.#used === Number(times)) {
      this.#at++;
      this.#used = 0;
    }
    return answer;
  }
}
