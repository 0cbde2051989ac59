import type { Writable } from 'node:stream';

/** Our stdout and stderr. Nobody reading on any more is no failure: the run goes on, and its exit code counts. */
export class Output {
  readonly #stdout: Writable;
  readonly #stderr: Writable;
  readonly #closed = new Set<Writable>();
  readonly #told = new Set<string>();
  #failure: Error | null = null;

  constructor(stdout: Writable, stderr: Writable) {
    this.#stdout = stdout;
    this.#stderr = stderr;
    for (const stream of [stdout, stderr]) stream.on('error', (error) => this.#close(stream, error));
  }

  /** What was asked for: the program's stdout, a path, a JSON object. */
  stdout(data: string | Uint8Array): void {
    this.#write(this.#stdout, data);
  }

  /** The program's stderr, progress, summaries and errors. */
  stderr(data: string | Uint8Array): void {
    this.#write(this.#stderr, data);
  }

  /** Something on stderr that an error may have as its cause later. */
  tell(text: string): void {
    this.#told.add(text);
    this.stderr(text);
  }

  hasTold(text: string | null): boolean {
    return text !== null && this.#told.has(text);
  }

  /** What lost some output, such as a full disk; null where there is nothing of the kind. */
  get failure(): Error | null {
    return this.#failure;
  }

  /** Resolves when everything has left this process, or has nowhere to go. */
  async flush(): Promise<void> {
    await Promise.all([this.#stdout, this.#stderr].map((stream) => this.#drained(stream)));
  }

  #write(stream: Writable, data: string | Uint8Array): void {
    if (this.#closed.has(stream) || data.length === 0) return;
    try {
      stream.write(data);
    } catch (error) {
      this.#close(stream, error as Error); // a file is written synchronously, and throws
    }
  }

  #close(stream: Writable, error: NodeJS.ErrnoException): void {
    this.#closed.add(stream);
    // Windows says EOF where others say EPIPE.
    if (error.code !== 'EPIPE' && error.code !== 'EOF') this.#failure ??= error;
  }

  #drained(stream: Writable): Promise<void> {
    if (this.#closed.has(stream)) return Promise.resolve();
    return new Promise((done) => stream.write('', () => done()));
  }
}
