import { readFile, realpath } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { cassetteOfProgram } from '../cassette/cassettePath.ts';
import type { ProfileKind } from '../shared/profileKind.ts';
import type { Target } from '../shared/target.ts';
import { WorkbenchError } from '../shared/workbenchError.ts';
import { type BuildValues, buildRequest, namedTarget, refuseBuildOptions } from './buildOptions.ts';
import type { CommandContext } from './command.ts';
import { buildCrate } from './buildCrate.ts';
import { crateFolder } from './crate.ts';

/** What `run` runs: a file as it is, or what a crate builds to. */
export interface Program {
  readonly wasm: Uint8Array;
  /** The same program as it was before it was optimised; null where it was not. */
  readonly unoptimised: Uint8Array | null;
  /** Whether it was built from a crate. */
  readonly isBuilt: boolean;
  /** That the crate's sources lie in, as line tables name them. */
  readonly folders: readonly string[];
  /** The name of the .wasm file: a program's argv starts with it. */
  readonly fileName: string;
  /** Null where the format has to be found out. */
  readonly target: Target | null;
  /** What the crate asks for; null where it doesn't, or there is no crate. */
  readonly profileKind: ProfileKind | null;
  /** Where its cassette is unless another file is named. */
  readonly cassettePath: string;
}

/**
 * Reads a file, or builds a crate.
 *
 * @param lineTables whether the build is to say which line its code is from
 * @throws WorkbenchError `file-not-found`, `usage`, `unknown-target`, or what the compiler throws
 */
export async function loadProgram(
  operand: string,
  values: BuildValues & { readonly quiet?: true },
  { output, services, signal }: CommandContext,
  lineTables: boolean,
): Promise<Program> {
  const crateDir = crateFolder(operand);
  if (crateDir === null) {
    refuseBuildOptions(values, operand);
    const target = namedTarget(values);
    const wasm = await readWasm(operand);
    const cassettePath = `${resolve(operand)}.cassette.json`;
    return {
      wasm,
      unoptimised: null,
      isBuilt: false,
      folders: [],
      fileName: basename(operand),
      target,
      profileKind: null,
      cassettePath,
    };
  }
  const compiler = services.compiler();
  const asked = await buildRequest(crateDir, values, compiler, signal);
  const built = await buildCrate(compiler, { ...asked, lineTables }, output, values.quiet ?? false, signal);
  const { profile } = await compiler.crateMetadata(crateDir, signal);
  return {
    wasm: built.wasm,
    unoptimised: built.unoptimised,
    isBuilt: true,
    folders: [await realpath(crateDir)],
    fileName: basename(built.artefactPath),
    target: built.target,
    profileKind: profile,
    cassettePath: cassetteOfProgram(crateDir, built.runnable.name),
  };
}

/** @throws WorkbenchError `file-not-found` */
export async function readWasm(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new WorkbenchError('file-not-found', `${file} can't be read.`, {
      cause: (error as Error).message,
      hint: 'Name a .wasm file, or the folder of a crate.',
      error,
    });
  }
}
