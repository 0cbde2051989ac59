import { basename } from 'node:path';
import type { BuildResult } from '../compiler/buildRequest.ts';
import type { RunEvents } from '../executor/process/conductRun.ts';
import type { ExecutorService } from '../executor/process/service.ts';
import { concludeTaping, type TapeReport } from '../cassette/taping.ts';
import { scratchName } from '../executor/scratch.ts';
import type { ProfileKind } from '../shared/profileKind.ts';
import { noOutlayer, outlayerOptions } from '../shared/outlayer.ts';
import type { RunRequest, RunOptions } from '../shared/runRequest.ts';
import type { RunResult } from '../shared/runResult.ts';
import type { SavedInput } from '../shared/savedInput.ts';
import { judgeCase, type Mismatch } from './judgeCase.ts';
import { prepareCase, type CaseDefaults, type PreparedCase, type SecretLookup } from './prepareCase.ts';

/** What the cases of one crate are run with. */
export interface CaseRunnerOptions {
  readonly crateDir: string;
  /** Builds a program; what is null the case doesn't say. */
  readonly build: (wanted: WantedProgram, signal: AbortSignal | undefined) => Promise<BuildResult>;
  readonly executor: ExecutorService;
  readonly secret: SecretLookup;
  readonly defaults: CaseDefaults & { readonly profileKind: ProfileKind };
  /** Whether to count where the fuel goes, which takes time and changes nothing else. */
  readonly profile?: boolean;
  /** For cases that have none of their own. */
  readonly seed?: number;
}

export type WantedProgram = Pick<PreparedCase, 'target' | 'runnable'>;

/** A case that was run, and what is wrong with it: nothing where it passed. */
export interface CaseOutcome {
  readonly result: RunResult;
  /** Null where it was neither recorded nor replayed. */
  readonly taped: TapeReport | null;
  readonly mismatches: readonly Mismatch[];
}

/** Runs cases of one crate. Each program is built once for each target, however many cases run it. */
export class CaseRunner {
  readonly #options: CaseRunnerOptions;
  readonly #builds = new Map<string, Promise<BuildResult>>();

  constructor(options: CaseRunnerOptions) {
    this.#options = options;
  }

  /** @throws WorkbenchError for a case that can't be run: a failed build, a missing file or secret */
  async run(saved: SavedInput, events: RunEvents = {}, signal?: AbortSignal): Promise<CaseOutcome> {
    const { crateDir, executor, defaults, secret, profile = false, seed = null } = this.#options;
    const prepared = await prepareCase(crateDir, saved, defaults, secret);
    const built = await this.#built(prepared, signal);
    const profileKind = prepared.profileKind ?? defaults.profileKind;
    const request = caseRequest(prepared, built, profileKind);
    const { outlayer = noOutlayer } = request.options;
    const options = {
      ...request.options,
      profile,
      seed: request.options.seed ?? seed,
      // What a test expects must not depend on who ran what before it, nor may it change what the user keeps.
      outlayer: { ...outlayer, run: { storage: 'fresh' as const, ...outlayer.run } },
    };
    const result = await executor.run({ ...request, options }, events, signal);
    const taped = await concludeTaping(prepared.taping, request, result);
    return { result, taped, mismatches: await judgeCase(crateDir, saved, result, profileKind) };
  }

  #built({ target, runnable }: WantedProgram, signal: AbortSignal | undefined): Promise<BuildResult> {
    const key = JSON.stringify([target, runnable]);
    const built = this.#builds.get(key) ?? this.#options.build({ target, runnable }, signal);
    this.#builds.set(key, built);
    return built;
  }
}

/** Everything the guest of a case sees. argv is empty, as on the worker, unless the case has arguments. */
export function caseRequest(
  prepared: PreparedCase,
  { wasm, artefactPath, target }: Pick<BuildResult, 'wasm' | 'artefactPath' | 'target'>,
  profileKind: ProfileKind,
): RunRequest {
  const { input, limits, env, args, preopens, seed, fuelModel, network, outlayer, taping, mocks } = prepared;
  const name = basename(artefactPath);
  const argv = args.length === 0 ? [] : [name, ...args];
  const options: RunOptions = {
    target,
    argv,
    preopens,
    scratch: scratchName(prepared.scratch, profileKind, wasm, preopens),
    seed,
    fuelModel,
    network,
    ...(mocks && { mocks }),
    ...taping.options,
    outlayer: outlayerOptions(profileKind, outlayer.workspace, outlayer.own),
    profile: false,
  };
  return { wasm, name, input, limits, env, options };
}
