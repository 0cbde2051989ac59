import type { FuelModel } from './fuelModel.ts';
import type { Limits } from './limits.ts';
import type { OutlayerSettings } from './outlayer.ts';
import type { ProfileKind } from './profileKind.ts';
import type { Target } from './target.ts';

/** A saved case's standard input: text, a JSON value (sent compact), or a file beside the inputs file. */
export type SavedStdin = { readonly text: string } | { readonly json: unknown } | { readonly file: string };

/**
 * One named case of a crate's inputs file, as it stands in JSON. What is left out takes the setting's value.
 * Secrets never stand here: `secrets` lists the names whose values the editor's secret storage holds.
 */
export interface SavedInput {
  readonly name: string;
  readonly stdin?: SavedStdin;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly secrets?: readonly string[];
  readonly folders?: readonly {
    readonly host: string;
    readonly guest: string;
    readonly writable?: boolean;
  }[];
  /** The name of a fresh, writable folder that is deleted after the run. */
  readonly scratch?: string;
  /** The case is replayed from that file, relative to the inputs file. */
  readonly cassette?: string;
  /** Names of headers whose values don't get into a cassette, besides those that always hold credentials. */
  readonly redactHeaders?: readonly string[];
  /** A file with answers to the program's requests, relative to the inputs file. */
  readonly mocks?: string;
  readonly limits?: Partial<Limits>;
  readonly target?: Target;
  readonly bin?: string;
  readonly seed?: number;
  readonly fuelModel?: FuelModel;
  readonly profile?: ProfileKind;
  /** What the run is to the OutLayer worker, whose variables and interfaces it then has. */
  readonly outlayer?: OutlayerSettings;
  readonly expect?: {
    readonly output?: SavedStdin;
    readonly exitCode?: number;
    /** Units; a run fails the case above `fuel * (1 + tolerance)`. */
    readonly fuel?: number;
    readonly tolerance?: number;
  };
}

/** The file `.wasi-workbench/inputs.json` of a crate. */
export interface SavedInputsFile {
  readonly cases: readonly SavedInput[];
}
