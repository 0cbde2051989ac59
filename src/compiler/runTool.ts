import { type ChildProcess, spawn } from 'node:child_process';
import { LineSplitter } from './lines.ts';
import { killTree, ownTree } from './processTree.ts';

/** A program to run without a shell. */
export interface ToolCall {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly onStdoutLine?: (line: string) => void;
  readonly onStderrLine?: (line: string) => void;
  /** Aborting it ends the program and its children. */
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number;
}

/** How a program ended. */
export interface ToolExit {
  readonly ended: 'exited' | 'aborted' | 'timed-out' | 'not-started';
  /** The system's error where it was not started; otherwise empty. */
  readonly error: string;
  /** Null unless it exited by itself. */
  readonly code: number | null;
  /** The signal that ended it, such as `SIGKILL`. */
  readonly signal: NodeJS.Signals | null;
  /** All lines, joined by `\n`; empty where the caller takes them as they come. */
  readonly stdout: string;
  readonly stderr: string;
}

/** A daemon that a build leaves behind may hold the pipes open for ever; its output is not waited for. */
const pipeGraceMs = 1000;

const running = new Set<ChildProcess>();
process.once('exit', () => running.forEach(killTree));

/** Runs a program to its end. Never rejects: what went wrong is in the result. */
export function runTool(call: ToolCall): Promise<ToolExit> {
  const { promise, resolve } = Promise.withResolvers<ToolExit>();
  const stdout: string[] = [];
  const stderr: string[] = [];
  const out = new LineSplitter(call.onStdoutLine ?? ((line) => void stdout.push(line)));
  const err = new LineSplitter(call.onStderrLine ?? ((line) => void stderr.push(line)));
  let ended: ToolExit['ended'] = 'exited';
  let finished = false;

  const finish = (code: number | null, signal: NodeJS.Signals | null, error = '') => {
    if (finished) return;
    finished = true;
    clearTimeout(timer);
    call.signal?.removeEventListener('abort', onAbort);
    running.delete(child);
    out.end();
    err.end();
    child.stdout.destroy();
    child.stderr.destroy();
    resolve({ ended, error, code, signal, stdout: stdout.join('\n'), stderr: stderr.join('\n') });
  };

  const child = spawn(call.command, call.args, {
    cwd: call.cwd,
    env: call.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...ownTree,
  });
  running.add(child);
  const end = (why: ToolExit['ended']) => {
    if (ended !== 'exited') return;
    ended = why;
    killTree(child);
  };
  const onAbort = () => end('aborted');
  const timer = call.timeoutMs === undefined ? undefined : setTimeout(() => end('timed-out'), call.timeoutMs);

  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  child.on('error', (error) => {
    // `spawn` failed; an error of a later kill leaves the exit to come.
    if (child.pid !== undefined) return;
    ended = 'not-started';
    finish(null, null, error.message);
  });
  child.on('exit', (code, signal) => setTimeout(() => finish(code, signal), pipeGraceMs).unref());
  child.on('close', (code, signal) => finish(code, signal));
  call.signal?.addEventListener('abort', onAbort);
  if (call.signal?.aborted) onAbort();
  return promise;
}
