import { redactorOf, type SecretValue } from '../secrets/redact.ts';

/**
 * What a program wrote, for the Testing view, which keeps it on the disk: without secrets, so in whole lines, and all
 * at the end where a secret has lines of its own.
 */
export class TestOutput {
  readonly #decoder = new TextDecoder();
  readonly #append: (text: string) => void;
  readonly #redacted: (text: string) => string;
  readonly #byLine: boolean;
  #rest = '';

  /** @param append takes text with the line ends of a terminal */
  constructor(secrets: readonly SecretValue[], append: (text: string) => void) {
    this.#append = append;
    this.#redacted = redactorOf(secrets).text;
    this.#byLine = !secrets.some(({ value }) => value.includes('\n'));
  }

  write(bytes: Uint8Array): void {
    this.#rest += this.#decoder.decode(bytes, { stream: true });
    const end = this.#byLine ? this.#rest.lastIndexOf('\n') + 1 : 0;
    this.#hand(this.#rest.slice(0, end));
    this.#rest = this.#rest.slice(end);
  }

  /** Nothing more will come. */
  end(): void {
    this.#hand(this.#rest + this.#decoder.decode());
    this.#rest = '';
  }

  #hand(text: string): void {
    if (text !== '') this.#append(this.#redacted(text).replaceAll(/\r?\n/g, '\r\n'));
  }
}
