import type { BuildEvents, BuildRequest, Runnable } from './buildRequest.ts';
import { type CargoArtefact, type CargoDiagnostic, parseCargoMessage } from './cargoMessages.ts';
import type { Package } from './metadata.ts';
import { isWaitingForLock, parseProgress, progressEnvironment } from './progress.ts';
import { runTool, type ToolExit } from './runTool.ts';
import type { RustTools } from './rustTools.ts';

/** The worker's own. */
const defaultTimeoutSeconds = 300;

/** One call of `cargo build`, all choices made. */
export interface CargoBuild {
  readonly request: BuildRequest;
  readonly runnable: Runnable;
  readonly package: Package;
  /** rustc's name. */
  readonly target: string;
}

/** What a call of cargo left behind, however it ended. */
export interface CargoOutcome {
  readonly exit: ToolExit;
  readonly diagnostics: readonly CargoDiagnostic[];
  readonly artefacts: readonly CargoArtefact[];
  /** The lines people read, without the progress bar. */
  readonly stderr: string;
  /** Whether it was still waiting for another cargo's lock when it ended. */
  readonly waiting: boolean;
}

/** Runs cargo in the crate's folder, so that rust-toolchain.toml and .cargo/config.toml there have their say. */
export async function runCargoBuild(
  tools: RustTools,
  build: CargoBuild,
  events: BuildEvents,
  signal: AbortSignal | undefined,
): Promise<CargoOutcome> {
  const { request } = build;
  const diagnostics: CargoDiagnostic[] = [];
  const artefacts: CargoArtefact[] = [];
  const stderr: string[] = [];
  let waiting = false;
  const exit = await runTool({
    command: tools.path('cargo'),
    args: cargoArguments(build),
    cwd: request.crateDir,
    env: { ...tools.env, ...progressEnvironment },
    signal,
    timeoutMs: (request.timeoutSeconds ?? defaultTimeoutSeconds) * 1000,
    onStdoutLine: (line) => {
      const message = parseCargoMessage(line);
      if (message?.reason === 'compiler-artifact') artefacts.push(message.artefact);
      if (message?.reason !== 'compiler-message') return;
      diagnostics.push(message.diagnostic);
      events.onDiagnostic?.(message.diagnostic);
    },
    onStderrLine: (line) => {
      const progress = parseProgress(line);
      waiting = isWaitingForLock(line);
      if (progress) return events.onProgress?.(progress);
      stderr.push(line);
      events.onLine?.(line);
      if (waiting) events.onProgress?.({ done: 0, total: null, crate: null, waiting });
    },
  });
  return { exit, diagnostics, artefacts, stderr: stderr.join('\n'), waiting };
}

/** The arguments of cargo for one runnable. */
function cargoArguments({ request, runnable, package: owner, target }: CargoBuild): string[] {
  const { features = [], profile = 'release', extraArgs = [] } = request;
  return [
    'build',
    '--message-format=json',
    ...['--manifest-path', runnable.manifestPath],
    // An id is unmistakable, but only from cargo 1.77 on is it also what --package takes.
    ...['--package', owner.id.includes('#') ? owner.id : owner.name],
    ...(runnable.kind === 'cdylib' ? ['--lib'] : [`--${runnable.kind}`, runnable.name]),
    ...['--target', target, '--profile', profile],
    ...(features.length > 0 ? ['--features', features.join(',')] : []),
    ...(request.noDefaultFeatures ? ['--no-default-features'] : []),
    ...(request.allFeatures ? ['--all-features'] : []),
    ...(request.locked ? ['--locked'] : []),
    ...(request.offline ? ['--offline'] : []),
    ...extraArgs,
  ];
}

/** The .wasm file that cargo named for the runnable; null where it named none. */
export function artefactOf(outcome: CargoOutcome, { runnable, package: owner }: CargoBuild): string | null {
  const own = outcome.artefacts.find(
    ({ packageId, kind, name }) =>
      packageId === owner.id && name === runnable.name && kind.includes(runnable.kind),
  );
  return own?.executable ?? own?.filenames.find((file) => file.endsWith('.wasm')) ?? null;
}
