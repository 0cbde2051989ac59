import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Call, Program } from './program.ts';

const run = promisify(execFile);
const options = { maxBuffer: 2 ** 30, timeout: 600_000 };

interface GeneratedModule {
  /** Base64. */
  readonly wasm: string;
  readonly calls: readonly Call[];
}

/**
 * Deep recursion ends where an engine's stack does, which is not defined; so little fuel keeps every stack shallow.
 */
const mostRandomFuel = 4000;

/** Every second module has less, so that runs end at places of all kinds, not only in their longest loops. */
const randomFuel = (index: number) =>
  index % 2 === 0 ? mostRandomFuel : 1 + ((index * 37) % mostRandomFuel);

/** Random valid modules, the same for the same seed. */
export async function randomPrograms(generator: string, seed: number, count: number): Promise<Program[]> {
  const { stdout } = await run(generator, ['random', String(seed), String(count)], options);
  return parsed(stdout).map(({ wasm, calls }, index) => ({
    name: `random/${seed}-${index}`,
    kind: 'core',
    modules: [{ name: 'random', bytes: Buffer.from(wasm, 'base64') }],
    calls,
    fuel: randomFuel(index),
  }));
}

/** The modules of the specification's suite in `folder`, with the calls that its scripts make of each. */
export async function specPrograms(generator: string, folder: string): Promise<Program[]> {
  const programs: Program[] = [];
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.wast'));
  for (const file of files.sort()) {
    const { stdout } = await run(generator, ['spec', join(folder, file)], options).catch((error: unknown) => {
      throw new Error(`${file} can't be read`, { cause: error });
    });
    for (const [index, { wasm, calls }] of parsed(stdout).entries()) {
      const bytes = Buffer.from(wasm, 'base64');
      programs.push({
        name: `spec/${file}/${index}`,
        kind: 'core',
        modules: [{ name: 'spec', bytes }],
        calls,
      });
    }
  }
  return programs;
}

function parsed(lines: string): GeneratedModule[] {
  return lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as GeneratedModule);
}
