import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { RunnableName } from '../compiler/buildRequest.ts';
import { cassetteOfCase } from '../cassette/cassettePath.ts';
import { type TapeMode, type Taping, tapingOf } from '../cassette/taping.ts';
import { readMocks } from '../mocks/readMocks.ts';
import type { FuelModel } from '../shared/fuelModel.ts';
import { inputsFolder } from '../shared/inputsFolder.ts';
import type { Limits } from '../shared/limits.ts';
import type { Mocks } from '../shared/mocks.ts';
import type { NetworkOptions } from '../shared/network.ts';
import type { OutlayerSettings } from '../shared/outlayer.ts';
import type { ProfileKind } from '../shared/profileKind.ts';
import type { Preopen, RunRequest } from '../shared/runRequest.ts';
import type { SavedInput, SavedStdin } from '../shared/savedInput.ts';
import type { Target } from '../shared/target.ts';
import { encodeUtf8 } from '../shared/text.ts';
import { WorkbenchError } from '../shared/workbenchError.ts';

/** Looks up a secret's value by its name; undefined where there is none. */
export type SecretLookup = (name: string) => Promise<string | undefined>;

/** What a run goes by where its case leaves something out. */
export interface CaseDefaults {
  readonly limits: Limits;
  readonly fuelModel: FuelModel;
  readonly network: NetworkOptions;
  /** Folders that every program may open, besides the case's own. */
  readonly preopens?: readonly Preopen[];
  /** Whether runs are recorded or replayed; what the case says where it is left out. */
  readonly tapeMode?: TapeMode;
  /** Where the cassette is, whatever the case says. */
  readonly cassettePath?: string;
  /** Names of headers that are redacted besides the case's own. */
  readonly redactHeaders?: readonly string[];
  /** Answers where the case names none. */
  readonly mocks?: Mocks;
  readonly outlayer: OutlayerSettings;
}

/** A case with everything that it names looked up, but for the program. */
export interface PreparedCase {
  readonly input: Uint8Array;
  readonly args: readonly string[];
  /** Secrets included: for the guest, and for nothing else. */
  readonly env: RunRequest['env'];
  readonly preopens: readonly Preopen[];
  /** Null where the case names none. */
  readonly scratch: string | null;
  readonly taping: Taping;
  readonly mocks: Mocks | null;
  readonly limits: Limits;
  readonly fuelModel: FuelModel;
  readonly seed: number | null;
  readonly network: NetworkOptions;
  readonly outlayer: {
    /** The settings'. */
    readonly workspace: OutlayerSettings;
    /** The case's; null where it has none. */
    readonly own: OutlayerSettings | null;
  };
  /** Null where the case doesn't say. */
  readonly target: Target | null;
  readonly runnable: RunnableName | null;
  readonly profileKind: ProfileKind | null;
  /** Whether the output is to be one JSON value. */
  readonly expectsJson: boolean;
}

/** @throws WorkbenchError `file-not-found` for a file or folder, `usage` for a secret without a value */
export async function prepareCase(
  crateDir: string,
  saved: SavedInput,
  defaults: CaseDefaults,
  secret: SecretLookup,
): Promise<PreparedCase> {
  const secrets = await Promise.all(
    (saved.secrets ?? []).map(async (each) => [each, await secretValue(each, secret)] as const),
  );
  const folders = await Promise.all((saved.folders ?? []).map((folder) => preopenOf(crateDir, folder)));
  const beside = (path: string): string => resolve(inputsFolder(crateDir), path);
  return {
    input: saved.stdin === undefined ? new Uint8Array() : await savedBytes(crateDir, saved.stdin),
    args: saved.args ?? [],
    env: [...Object.entries(saved.env ?? {}), ...secrets],
    preopens: [...folders, ...othersThan(folders, defaults.preopens ?? [])],
    scratch: saved.scratch ?? null,
    taping: await tapingOf(
      defaults.tapeMode ?? (saved.cassette === undefined ? 'off' : 'replay'),
      defaults.cassettePath ??
        (saved.cassette === undefined ? cassetteOfCase(crateDir, saved.name) : beside(saved.cassette)),
      { headers: [...(saved.redactHeaders ?? []), ...(defaults.redactHeaders ?? [])], secrets },
    ),
    mocks: saved.mocks === undefined ? (defaults.mocks ?? null) : await readMocks(beside(saved.mocks)),
    limits: { ...defaults.limits, ...saved.limits },
    fuelModel: saved.fuelModel ?? defaults.fuelModel,
    seed: saved.seed ?? null,
    network: defaults.network,
    outlayer: { workspace: defaults.outlayer, own: saved.outlayer ?? null },
    target: saved.target ?? null,
    runnable: saved.bin === undefined ? null : { kind: 'bin', name: saved.bin, package: null },
    profileKind: saved.profile ?? null,
    expectsJson: saved.expect?.output !== undefined && 'json' in saved.expect.output,
  };
}

/**
 * The bytes that a case means: text as UTF-8, JSON compact, or a file beside the inputs file.
 *
 * @throws WorkbenchError `file-not-found`
 */
export async function savedBytes(crateDir: string, saved: SavedStdin): Promise<Uint8Array> {
  if ('text' in saved) return encodeUtf8(saved.text);
  if ('json' in saved) return encodeUtf8(JSON.stringify(saved.json));
  const path = resolve(inputsFolder(crateDir), saved.file);
  try {
    return await readFile(path);
  } catch (error) {
    throw new WorkbenchError('file-not-found', `The file ${saved.file} of the case can't be read.`, {
      cause: (error as Error).message,
      hint: 'Paths in an inputs file are relative to the folder that it is in.',
      error,
    });
  }
}

async function secretValue(name: string, secret: SecretLookup): Promise<string> {
  const found = await secret(name);
  if (found !== undefined) return found;
  throw new WorkbenchError('usage', `The secret ${name} has no value.`, {
    hint: `In VS Code run “WASI: Set Secret…”; on the command line set the environment variable ${name}.`,
  });
}

/** A case's own folder takes the place of one that the program opens by the same name. */
function othersThan(own: readonly Preopen[], others: readonly Preopen[]): Preopen[] {
  return others.filter(({ guestPath }) => !own.some((each) => each.guestPath === guestPath));
}

async function preopenOf(
  crateDir: string,
  { host, guest, writable = false }: NonNullable<SavedInput['folders']>[number],
): Promise<Preopen> {
  const hostPath = resolve(inputsFolder(crateDir), host);
  const stats = await stat(hostPath).catch(() => null);
  if (stats?.isDirectory()) return { hostPath, guestPath: guest, writable };
  throw new WorkbenchError('file-not-found', `The folder ${host} of the case does not exist.`, {
    cause: hostPath,
    hint: 'Paths in an inputs file are relative to the folder that it is in.',
  });
}
