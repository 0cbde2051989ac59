import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { RunnableName } from '../../compiler/buildRequest.ts';
import type { Target } from '../../shared/target.ts';
import { encodeUtf8 } from '../../shared/text.ts';
import { WorkbenchError } from '../../shared/workbenchError.ts';

/** A program of a crate: what a code lens hands to a command. */
export interface ChosenProgram {
  readonly crateDir: string;
  readonly runnable: RunnableName & { readonly package: string };
}

/** Whether a command's argument is a program; menus hand over other things, and users' key bindings anything. */
export function isChosenProgram(given: unknown): given is ChosenProgram {
  const { crateDir, runnable } = (given ?? {}) as Partial<ChosenProgram>;
  return (
    typeof crateDir === 'string' && typeof runnable?.name === 'string' && typeof runnable.package === 'string'
  );
}

export function isSameProgram(one: ChosenProgram, other: ChosenProgram): boolean {
  return (
    one.crateDir === other.crateDir &&
    one.runnable.kind === other.runnable.kind &&
    one.runnable.name === other.runnable.name
  );
}

/** What to build. */
export interface BuildPlan {
  readonly crateDir: string;
  /** Null where the crate has only one program. */
  readonly runnable: RunnableName | null;
  /** Null for the setting's. */
  readonly target: Target | null;
  /** Whether to make the binary that the OutLayer worker makes. */
  readonly optimise?: boolean;
  /** Whether the build is to say which line its code is from. */
  readonly lineTables?: boolean;
}

/** What to build and then run: plain data, kept with the workspace so that it can be done again after a reload. */
export interface RunPlan extends ChosenProgram, BuildPlan {
  readonly runnable: ChosenProgram['runnable'];
  readonly input: PlannedInput;
  /** Absolute path of a .wasm file that is run as it is; its folder is then `crateDir`. */
  readonly wasmFile?: string;
  /** Whether to count where the fuel goes. */
  readonly profile?: boolean;
}

/** What a plan is of, without what it is run with. */
export function programOf({ crateDir, runnable, wasmFile }: RunPlan): ChosenProgram {
  return { crateDir, runnable, ...(wasmFile === undefined ? {} : { wasmFile }) };
}

/** Where stdin's bytes come from; a file is read anew for each run. */
export type PlannedInput =
  | { readonly kind: 'none' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'file'; readonly path: string }
  /** A case of the crate's inputs file, which says more than stdin; read anew for each run as well. */
  | { readonly kind: 'case'; readonly name: string };

/** Input that is nothing but stdin. */
export type PlainInput = Exclude<PlannedInput, { readonly kind: 'case' }>;

/** @throws WorkbenchError `file-not-found` where the planned file can't be read. */
export async function inputBytes(input: PlainInput): Promise<Uint8Array> {
  switch (input.kind) {
    case 'none':
      return new Uint8Array();
    case 'text':
      return encodeUtf8(input.text);
    case 'file':
      try {
        return await readFile(input.path);
      } catch (error) {
        throw new WorkbenchError('file-not-found', `The input file ${input.path} can't be read.`, {
          cause: error instanceof Error ? error.message : String(error),
          hint: 'Choose another with “Run with Input…”.',
          error,
        });
      }
  }
}

/** A few words for the panel; never the text itself, which may be long or private. */
export function describeInput(input: PlannedInput): string {
  switch (input.kind) {
    case 'none':
      return 'no input';
    case 'text':
      return `${encodeUtf8(input.text).length} bytes of text`;
    case 'file':
      return basename(input.path);
    case 'case':
      return `case “${input.name}”`;
  }
}
