import { accessSync, constants, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { TapeMode } from '../cassette/taping.ts';
import { readMocks } from '../mocks/readMocks.ts';
import type { Mocks } from '../shared/mocks.ts';
import type { NetworkOptions } from '../shared/network.ts';
import { WorkbenchError } from '../shared/workbenchError.ts';
import type { OptionKinds, OptionValues } from './arguments.ts';
import { usageError } from './usage.ts';

/** The options of both commands that say what a program reaches, and what answers in the place of it. */
export const networkOptions = {
  'no-network': 'flag',
  'allow-host': 'list',
  'allow-local': 'flag',
  'ca-file': 'value',
  record: 'optional',
  replay: 'optional',
  'redact-header': 'list',
  mock: 'value',
} as const satisfies OptionKinds;

export type NetworkValues = OptionValues<typeof networkOptions>;

/** @throws WorkbenchError `file-not-found` for a CA file that is none */
export function network(values: NetworkValues): NetworkOptions {
  const { 'ca-file': caFile } = values;
  return {
    enabled: !values['no-network'],
    allowHosts: values['allow-host'] ?? null,
    allowLocal: values['allow-local'] ?? false,
    caFile: caFile === undefined ? null : authorities(caFile),
  };
}

function authorities(file: string): string {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() === true) return resolve(file);
  throw new WorkbenchError('file-not-found', `--ca-file ${file} names no file.`, {
    hint: 'Name a PEM file with the certificates of authorities to trust.',
  });
}

/** Whether to record or replay; null where nothing is said. */
export interface TapeChoice {
  readonly mode: TapeMode;
  /** Absolute; null for the place that a cassette has by itself. */
  readonly path: string | null;
}

/** @throws WorkbenchError `usage` where both are asked for, `file-not-found` for a cassette that can't be written */
export function tapeChoice({ record, replay }: NetworkValues): TapeChoice | null {
  if (record !== undefined && replay !== undefined) {
    throw usageError('A run is recorded or replayed, not both.', 'Leave out --record or --replay.');
  }
  const mode = record !== undefined ? 'record' : 'replay';
  const file = record ?? replay;
  if (file === undefined) return null;
  const path = file === true ? null : resolve(file);
  if (mode === 'record' && path !== null) checkWritable(path);
  return { mode, path };
}

/**
 * A file that was meant for `--record` or `--replay` is an operand where a space stands in place of the equals sign.
 *
 * @throws WorkbenchError `usage` where one of several operands looks like one
 */
export function refuseStrayCassette({ record, replay }: NetworkValues, operands: readonly string[]): void {
  const option = record === true ? '--record' : replay === true ? '--replay' : null;
  const file = operands.find((operand) => operand.endsWith('.json'));
  if (option === null || file === undefined) return;
  throw usageError(
    `${file} is neither a .wasm file nor a crate.`,
    `A file for ${option} is named with an equals sign: ${option}=${file}`,
  );
}

/** A run costs time, and perhaps money: where its record can't be kept is told before it. */
function checkWritable(path: string): void {
  const folder = dirname(path);
  const refuse = (cause: string): never => {
    throw new WorkbenchError('file-not-found', `The cassette ${path} can't be written.`, {
      cause,
      hint: 'Name a file in a folder that exists and can be written to.',
    });
  };
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) refuse(`${folder} is no folder.`);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) refuse('It is a folder.');
  try {
    accessSync(folder, constants.W_OK);
  } catch (error) {
    refuse((error as Error).message);
  }
}

/** @throws WorkbenchError `file-not-found`, `usage` */
export async function mocks({ mock }: NetworkValues): Promise<Mocks | null> {
  return mock === undefined ? null : readMocks(resolve(mock));
}
