import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { OracleCommand } from '../../scripts/lib/oracles.mjs';
import type { Outcome } from './outcome.ts';
import { defaultMemoryMb, type Program } from './program.ts';

export interface OracleAnswer {
  /** One for each limit that was asked for, or a single one where the modules were refused. */
  readonly outcomes: readonly (Outcome & { readonly runMs: number })[];
  readonly compileMs: number;
}

const longestAnswerMs = 300_000;

/** An oracle gave no answer: nothing is known of the program then. */
export class OracleFailed extends Error {}

/** A wasmtime host in a process of its own, asked one program at a time; a new one where the last has died. */
export class Oracle implements Disposable {
  readonly #command: OracleCommand;
  readonly #folder = mkdtempSync(join(tmpdir(), 'conformance-'));
  #host: Host | null = null;

  constructor(command: OracleCommand) {
    this.#command = command;
  }

  /**
   * Runs the program once for each limit in `fuels`.
   *
   * @throws {OracleFailed} where the host did not answer; the next program can be asked for all the same
   */
  async run(program: Program, fuels: readonly number[], extra: object = {}): Promise<OracleAnswer> {
    const modules = program.modules.map(({ name, bytes }, index) => {
      const path = join(this.#folder, `${index}.wasm`);
      writeFileSync(path, bytes);
      return { name, path };
    });
    const stdin = program.stdin === undefined ? null : join(this.#folder, 'stdin');
    if (stdin !== null) writeFileSync(stdin, program.stdin!);
    const calls = program.kind === 'core' ? (program.calls ?? []) : [{ export: '_start' }];
    const { memoryMb = defaultMemoryMb, argv = [], env = [] } = program;
    const answer = await this.#ask({ modules, fuels, memoryMb, stdin, argv, env, calls, ...extra });
    if ('failure' in answer)
      throw new OracleFailed(`the oracle failed on ${program.name}: ${answer.failure}`);
    if (program.kind === 'core') return answer;
    // Of a command only what it wrote and how it ended is compared.
    const outcomes = answer.outcomes.map((o) => ({ ...o, calls: [], memories: {}, globals: {} }));
    return { ...answer, outcomes };
  }

  async #ask(request: object): Promise<OracleAnswer | { readonly failure: string }> {
    this.#host ??= startHost(this.#command);
    const { child, answers } = this.#host;
    const timer = setTimeout(() => child.kill('SIGKILL'), longestAnswerMs);
    child.stdin.write(`${JSON.stringify(request)}\n`);
    const line = await answers.next();
    clearTimeout(timer);
    if (line.done !== true) return JSON.parse(line.value) as OracleAnswer | { readonly failure: string };
    this.#host = null;
    return { failure: 'its process ended before it answered' };
  }

  [Symbol.dispose](): void {
    this.#host?.child.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

interface Host {
  readonly child: ChildProcessByStdio<Writable, Readable, null>;
  readonly answers: AsyncIterator<string>;
}

function startHost({ command, args }: OracleCommand): Host {
  const env = { ...process.env, RUST_BACKTRACE: '0' };
  const child = spawn(command, [...args], { stdio: ['pipe', 'pipe', 'inherit'], env, windowsHide: true });
  child.stdin.on('error', () => undefined); // it has died: its output ends, which is what tells
  return { child, answers: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
}
