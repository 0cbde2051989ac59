import type { Writable } from 'node:stream';

/** Our stdout and stderr. Nobody reading on any more is no failure: the run goes on, and its exit code counts. */
export class Output {
  readonly #stdout: Writable;
  readonly #stderr: Writable;
  readonly #closed = new Set<Writable>();

  constructor(stdout: Writable, stderr: Writable) {
    this.#stdout = stdout;
    this.#stderr = stderr;
    for (const stream of [stdout, stderr]) {
      stream.on('error', (error: NodeJS.ErrnoException) => {
        // Windows says EOF where others say EPIPE.
        if (error.code !== 'EPIPE' && error.code !== 'EOF') throw error;
        this.#closed.add(stream);
      });
    }
  }

  /** What was asked for: the program's stdout, a path, a JSON object. */
  stdout(data: string | Uint8Array): void {
    this.#write(this.#stdout, data);
  }

  /** The program's stderr, progress, summaries and errors. */
  stderr(data: string | Uint8Array): void {
    this.#write(this.#stderr, data);
  }

  /** Resolves when everything has left this process, or has nowhere to go. */
  async flush(): Promise<void> {
    await Promise.all([this.#stdout, this.#stderr].map((stream) => this.#drained(stream)));
  }

  #write(stream: Writable, data: string | Uint8Array): void {
    if (!this.#closed.has(stream) && data.length > 0) stream.write(data);
  }

  #drained(stream: Writable): Promise<void> {
    if (this.#closed.has(stream)) return Promise.resolve();
    return new Promise((done) => stream.write('', () => done()));
  }
}
