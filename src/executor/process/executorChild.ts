import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import type { RunRequest } from '../../shared/runRequest.ts';
import { type ChildMessage, framePipe, FrameReader } from './frames.ts';

/** How a child is started. */
export interface ExecutorChildOptions {
  /** The bundled child, `dist/executor.js`. */
  readonly childPath: string;
  /** The Node.js 24 (or Electron) binary to run it; by default the one that runs this. */
  readonly nodePath?: string;
  /** Folder for caches that survive the process; made on demand, bounded in size. */
  readonly cacheDir: string;
  /** Folder where the worker's interfaces keep things between runs; made on demand. Without it those that do fail. */
  readonly dataFolder?: string;
  readonly log?: (line: string) => void;
}

/** How a child went, and the last it said. */
export interface ChildExit {
  /** In words, such as `signal SIGABRT` or `exit code 134`. */
  readonly how: string;
  /** The end of its stderr, where V8 tells of a fatal error. */
  readonly stderrTail: string;
}

/** MiB of the child's JavaScript heap. Guests' memories are outside of it; what a host function gathers is inside. */
const heapMb = 1024;
/** Characters of the child's own stderr that are kept. */
const stderrTailLength = 4000;

/** The process that runs guests, from its start to its end, as its parent sees it. */
export class ExecutorChild {
  /** Set while a run listens. Messages that nobody listens for belong to a run that was given up. */
  onMessage: ((message: ChildMessage) => void) | null = null;
  /** Fulfilled when the process is there; never where it could not be started. */
  readonly started: Promise<void>;
  /** Fulfilled when it has ended and all that it wrote has been read. */
  readonly exited: Promise<ChildExit>;
  readonly #process: ChildProcess;
  #alive = true;
  #killed = false;

  constructor(options: ExecutorChildOptions) {
    this.#process = fork(options.childPath, [options.cacheDir, options.dataFolder ?? ''], {
      execPath: options.nodePath ?? process.execPath,
      execArgv: [`--max-old-space-size=${heapMb}`],
      env: childEnvironment(),
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'ipc'],
    });
    // What fails later, such as a kill of an ended process, is told by `exited`.
    this.#process.on('error', () => undefined);
    options.log?.(`The executor's process started (pid ${this.#process.pid ?? 'none'}).`);
    this.started = new Promise((started) => this.#process.once('spawn', started));
    this.exited = this.#watch(options.log);
    this.#readFrames();
  }

  /** False once it ended, was killed, or can't be talked to. */
  get alive(): boolean {
    return this.#alive && this.#process.connected;
  }

  get processId(): number | undefined {
    return this.#process.pid;
  }

  send(request: RunRequest): void {
    // Where sending fails the process is ending, which `exited` tells.
    this.#process.send(request, () => undefined);
  }

  /** Asks the guest's watchdog to break in; on Windows, where that signal can't be sent, ends the process. */
  interrupt(): void {
    if (process.platform === 'win32') this.kill();
    else this.#process.kill('SIGINT');
  }

  /** Whether it was ended from here. */
  get killed(): boolean {
    return this.#killed;
  }

  kill(): void {
    this.#alive = false;
    this.#killed = true;
    this.#process.kill('SIGKILL');
  }

  async #watch(log: ((line: string) => void) | undefined): Promise<ChildExit> {
    let stderrTail = '';
    this.#process.stderr!.setEncoding('utf8').on('data', (text: string) => {
      stderrTail = (stderrTail + text).slice(-stderrTailLength);
    });
    try {
      // `close` comes after `exit`, when all pipes have been read to their ends.
      const [code, signal] = (await once(this.#process, 'close')) as [number | null, string | null];
      const how = signal === null ? `exit code ${code}` : `signal ${signal}`;
      log?.(`The executor's process ended: ${how}.`);
      return { how, stderrTail: stderrTail.trim() };
    } catch (error) {
      // It could not be started at all.
      return { how: (error as Error).message, stderrTail: '' };
    } finally {
      this.#alive = false;
    }
  }

  #readFrames(): void {
    const reader = new FrameReader();
    (this.#process.stdio[framePipe] as Readable).on('data', (chunk: Uint8Array) => {
      for (const message of reader.push(chunk)) this.onMessage?.(message);
    });
  }
}

/** Nothing of ours but what Node.js needs: guests see no environment, and neither need their host. */
function childEnvironment(): NodeJS.ProcessEnv {
  const needed = ['SystemRoot', 'windir', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH'];
  const present = needed.filter((name) => process.env[name] !== undefined);
  // In the editor the binary is Electron, which this makes into a plain Node.js; others take no notice.
  return {
    ...Object.fromEntries(present.map((name) => [name, process.env[name]])),
    ELECTRON_RUN_AS_NODE: '1',
  };
}
