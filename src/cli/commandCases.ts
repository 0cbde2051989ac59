import { CaseRunner, type CaseRunnerOptions } from '../cases/caseRunner.ts';
import type { CaseDefaults } from '../cases/prepareCase.ts';
import type { BuildRequest } from '../compiler/buildRequest.ts';
import type { ExecutorService } from '../executor/process/service.ts';
import { defaultFuelModel } from '../shared/fuelModel.ts';
import { defaultLimits } from '../shared/limits.ts';
import { defaultNetwork } from '../shared/network.ts';
import type { CommandContext } from './command.ts';
import { buildEvents } from './buildCrate.ts';

/** How a command runs the saved cases of a crate. */
export interface CommandCases extends Pick<CaseRunnerOptions, 'profile' | 'seed'> {
  /** What each case is built with, where it names no program itself. */
  readonly build: BuildRequest;
  readonly executor: ExecutorService;
  /** Whether builds say nothing. */
  readonly quiet: boolean;
  /** What the command's options say. */
  readonly defaults?: Partial<CaseDefaults>;
}

/** What runs the cases: with secrets from the environment, and the defaults where neither case nor command says. */
export async function commandCases(
  { build, executor, quiet, defaults, ...counting }: CommandCases,
  { output, services, signal }: CommandContext,
): Promise<CaseRunner> {
  const { crateDir } = build;
  const compiler = services.compiler();
  const { profile } = await compiler.crateMetadata(crateDir, signal);
  const events = buildEvents(output, quiet);
  return new CaseRunner({
    crateDir,
    build: ({ target, runnable }, signal) =>
      compiler.build(
        { ...build, target: target ?? build.target, runnable: runnable ?? build.runnable },
        events,
        signal,
      ),
    executor,
    secret: (name) => Promise.resolve(process.env[name]),
    defaults: {
      limits: defaultLimits,
      fuelModel: defaultFuelModel,
      network: defaultNetwork,
      outlayer: {},
      ...defaults,
      profileKind: profile ?? 'wasi',
    },
    ...counting,
  });
}
