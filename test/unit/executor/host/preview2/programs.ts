import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheDir, root } from '../../../../../scripts/lib/places.mjs';
import { createCoreEngine } from '../../../../../src/executor/engine/createEngine.ts';
import { execute, type RunReport } from '../../../../../src/executor/execute.ts';
import { defaultLimits } from '../../../../../src/shared/limits.ts';
import type { RunOptions } from '../../../../../src/shared/runRequest.ts';
import { encodeUtf8 } from '../../../../../src/shared/text.ts';

const crate = join(root, 'test', 'fixtures', 'p2-host');
const targetDir = join(cacheDir, 'fixtures-target', 'p2-host');
const built = new Map<string, Promise<void>>();

/** Builds the bins of the fixture crate once for a target. */
function build(target: string): Promise<void> {
  let done = built.get(target);
  if (done === undefined) {
    const args = ['build', '--release', '--quiet', '--target', target];
    const env = { ...process.env, CARGO_TARGET_DIR: targetDir };
    done = promisify(execFile)('cargo', args, { cwd: crate, env }).then(() => undefined);
    built.set(target, done);
  }
  return done;
}

/** One of the fixture's programs, as cargo makes it for wasm32-wasip2. */
export async function program(name: string): Promise<Uint8Array> {
  await build('wasm32-wasip2');
  return readFile(join(targetDir, 'wasm32-wasip2', 'release', `${name}.wasm`));
}

export interface Setting {
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  readonly options?: Partial<RunOptions>;
  readonly maxMemoryMb?: number;
}

export interface Run {
  readonly report: RunReport;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program of the fixture, metered. */
export async function run(
  name: string,
  { input = '', env = {}, options, maxMemoryMb = 128 }: Setting = {},
): Promise<Run> {
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  const report = await execute(
    {
      wasm: await program(name),
      name,
      input: typeof input === 'string' ? encodeUtf8(input) : input,
      limits: { ...defaultLimits, maxMemoryMb },
      env: Object.entries(env),
      options: {
        target: 'wasm32-wasip2',
        argv: [],
        preopens: [],
        seed: null,
        fuelModel: 'wasmtime-28',
        profile: false,
        ...options,
      },
    },
    {
      stdout: (bytes) => out.push(Buffer.from(bytes)),
      stderr: (bytes) => err.push(Buffer.from(bytes)),
      createEngine: createCoreEngine,
    },
  );
  return { report, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() };
}
