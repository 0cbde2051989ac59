import { createHash } from 'node:crypto';
import {
  askForItPlain,
  type Cassette,
  type RecordedProgram,
  type Redaction,
  type TapeOptions,
} from '../shared/cassette.ts';
import type { RunRequest } from '../shared/runRequest.ts';
import type { RunResult } from '../shared/runResult.ts';
import { grouped } from '../shared/text.ts';
import { readCassette, writeCassette } from './cassetteFile.ts';

/** Whether a run is written down, read back, or neither. */
export const tapeModes = ['off', 'record', 'replay'] as const;
export type TapeMode = (typeof tapeModes)[number];

/** A run's cassette: what the executor is told of it, and where it is. */
export interface Taping {
  /** Left out of a run that is neither recorded nor replayed. */
  readonly options: { readonly tape?: TapeOptions };
  /** Its absolute path; null where there is none. */
  readonly cassette: string | null;
}

/** How a run was taped, as people and scripts are told. */
export interface TapeReport {
  readonly mode: TapeOptions['mode'];
  readonly cassette: string;
  /** A sentence that says so. */
  readonly note: string;
  /** A sentence on why a replay may be another than what was recorded; null where nothing speaks for it. */
  readonly warning: string | null;
}

/** What runs, to tell whether it is what was recorded. */
export type TapedProgram = Pick<RunRequest, 'name' | 'wasm'>;

/** @throws WorkbenchError `file-not-found` or `usage` for a cassette that is to be replayed and can't be read */
export async function tapingOf(mode: TapeMode, path: string, redaction: Redaction): Promise<Taping> {
  switch (mode) {
    case 'off':
      return { options: {}, cassette: null };
    case 'record':
      return { options: { tape: { mode, redaction } }, cassette: path };
    case 'replay':
      return { options: { tape: { mode, redaction, cassette: await readCassette(path) } }, cassette: path };
  }
}

/**
 * Keeps what was recorded, and says how the run was taped; null where it was not.
 *
 * @throws WorkbenchError `file-not-found` where the cassette can't be written
 */
export async function concludeTaping(
  { options: { tape }, cassette }: Taping,
  { name, wasm }: TapedProgram,
  { recording }: Pick<RunResult, 'recording'>,
): Promise<TapeReport | null> {
  if (tape === undefined || cassette === null) return null;
  const { mode } = tape;
  const program = { name: name.replace(/\.wasm$/, ''), sha256: await digestOf(wasm) };
  if (mode === 'replay') {
    const warning = otherProgram(tape.cassette.program, program);
    return { mode, cassette, note: `Replayed from ${cassette}, without a network.`, warning };
  }
  if (recording === null) {
    const note = 'Nothing was recorded: the run was lost, or got more from outside than a cassette holds.';
    return { mode, cassette, note, warning: null };
  }
  await writeCassette(cassette, { ...recording, program });
  return {
    mode,
    cassette,
    note: `Recorded ${contents(recording)} in ${cassette}.`,
    warning: notKept(recording),
  };
}

/** Says which bodies a replay will lack; null where it has them all. */
function notKept({ http }: Cassette): string | null {
  const lacking = http.filter(({ response }) => response?.withheld !== undefined);
  const [first] = lacking;
  if (first === undefined) return null;
  const { request, response } = first;
  const more = lacking.length > 1 ? `, and those of ${lacking.length - 1} more, were` : ' was';
  const what = `The body of ${request.method} ${request.url}${more} not kept: ${response!.withheld}.`;
  return `${what} A replay fails there. ${askForItPlain}`;
}

function otherProgram(
  recorded: RecordedProgram | undefined,
  { name, sha256 }: RecordedProgram,
): string | null {
  if (recorded === undefined || recorded.sha256 === sha256) return null;
  const other = recorded.name === name ? `another build of ${name}` : `another program, ${recorded.name}`;
  return `This was recorded from ${other}: where this one asks for something else, it gets other answers. Record it again.`;
}

/** Of what runs: line tables are there or not by how a run was asked for, and change nothing. */
async function digestOf(wasm: Uint8Array): Promise<string> {
  return createHash('sha256')
    .update(await withoutTables(wasm))
    .digest('hex');
}

async function withoutTables(wasm: Uint8Array): Promise<Uint8Array> {
  const { strip } = await import('../compiler/strip.ts');
  try {
    return strip(wasm).wasm;
  } catch {
    // What is no binary was not run, either.
    return wasm;
  }
}

/** What a cassette holds, in words. */
function contents({ http, calls, wallClock, monotonicClock, random }: Cassette): string {
  const bytes = random.reduce((sum, digits) => sum + digits.length / 2, 0);
  const parts = [
    counted(http.length, 'request'),
    counted(calls.length, 'call of the worker’s interfaces', 'calls of the worker’s interfaces'),
    counted(wallClock.length + monotonicClock.length, 'clock reading'),
    counted(bytes, 'random byte'),
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'a run that got nothing from outside' : new Intl.ListFormat('en').format(parts);
}

function counted(count: number, one: string, more = `${one}s`): string | null {
  return count === 0 ? null : `${grouped(count)} ${count === 1 ? one : more}`;
}
