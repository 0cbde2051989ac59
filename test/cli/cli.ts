import assert from 'node:assert/strict';
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { cacheDir, cliPath, root } from '../../scripts/lib/places.mjs';

export interface Finished {
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface CliOptions {
  /** What is piped into stdin; nothing by default. */
  readonly stdin?: string | Uint8Array;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** A file's descriptor, to have stdout there instead of in a stream. */
  readonly stdout?: number | 'pipe';
}

/** Starts the packaged command line, as a shell would. */
export function startCli(
  args: readonly string[],
  { cwd = root, env = {}, stdout = 'pipe' }: CliOptions = {},
): ChildProcessByStdio<Writable, Readable, Readable> {
  const child = spawn(process.execPath, [cliPath, ...args], {
    stdio: ['pipe', stdout, 'pipe'],
    cwd,
    detached: process.platform !== 'win32', // leads a process group, as under a shell
    env: {
      ...process.env,
      CARGO_TARGET_DIR: join(cacheDir, 'fixtures-target', 'cli'),
      WASI_WORKBENCH_DATA: join(root, 'out', 'data', 'cli'),
      ...env,
    },
  });
  return child as ChildProcessByStdio<Writable, Readable, Readable>;
}

/** The environment that has rustc write what later versions will by themselves: DWARF 5, and names as of v0. */
export const dwarf5 = {
  RUSTFLAGS: '-C dwarf-version=5 -C symbol-mangling-version=v0',
  CARGO_TARGET_DIR: join(cacheDir, 'fixtures-target', 'dwarf-5'),
};

/** The environment of a build with line tables, as `--line-tables` makes it: cargo then finds nothing to do. */
export const withLines = { RUSTFLAGS: '-Cdebuginfo=line-tables-only -Cstrip=none' };

/** Runs the packaged command line to its end. */
export function cli(args: readonly string[], options: CliOptions = {}): Promise<Finished> {
  const child = startCli(args, options);
  const stdout: Buffer[] = [];
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin.on('error', () => undefined); // it may end before it has read everything
  child.stdin.end(options.stdin ?? '');
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (code) => done({ code, stdout: Buffer.concat(stdout), stderr }));
  });
}

/** Builds one of the fixtures' programs with the command line itself and returns the path of the .wasm. */
export async function buildGuest(target: string): Promise<string> {
  const crate = join(root, 'test', 'fixtures', 'cli');
  const built = await cli(['build', crate, '--bin', 'guest', '--target', target, '--quiet']);
  assert.equal(built.code, 0, built.stderr);
  return built.stdout.toString().trimEnd();
}

/** The keys of the object that `run --json` prints, in their order. */
const resultKeys = [
  'format',
  'target',
  'success',
  'output',
  'outputBase64',
  'stderr',
  'exitCode',
  'fuel',
  'fuelModel',
  'peakMemoryBytes',
  'wasmBytes',
  'loadMs',
  'runMs',
  'worker',
  'error',
];

/** The parsed stdout of `run --json`. */
export interface ResultObject {
  readonly format: string | null;
  readonly target: string | null;
  readonly success: boolean;
  readonly output: string;
  readonly outputBase64: string;
  readonly stderr: string;
  readonly exitCode: number | null;
  readonly fuel: number;
  readonly fuelModel: string;
  readonly peakMemoryBytes: number;
  readonly wasmBytes: number;
  readonly loadMs: number;
  readonly runMs: number;
  readonly worker: {
    readonly success: boolean;
    readonly message: string | null;
    readonly billedFuel: number;
    readonly refundUsd: number;
    readonly responseFormat: string;
    readonly warnings: readonly string[];
    readonly price: { readonly yoctoNear: string; readonly microUsd: number };
  };
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly cause: string | null;
    readonly hint: string | null;
    readonly backtrace: readonly object[];
  } | null;
  /** Left out where fuel and memory are exact. */
  readonly measured?: 'fuel-at-least' | 'lost';
}

/** stdout has to be one JSON object and nothing else. */
export function resultOf({ stdout }: Finished): ResultObject {
  const result = JSON.parse(stdout.toString()) as ResultObject;
  // What is not exact is marked.
  const marks = result.measured === undefined ? [] : ['measured'];
  assert.deepEqual(Object.keys(result), [...resultKeys, ...marks]);
  return result;
}

/** A scratch folder with a name as users have them. */
export function scratchFolder(): { readonly path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'wörk bench '));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}
