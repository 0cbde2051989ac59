import type { BuildEvents, BuildRequest, BuildResult } from '../compiler/buildRequest.ts';
import type { Compiler } from '../compiler/compiler.ts';
import type { Output } from './output.ts';
import { renderBuild } from './render.ts';

/** Builds, and shows cargo's progress and the compiler's messages on stderr unless `quiet`. */
export async function buildCrate(
  compiler: Compiler,
  request: BuildRequest,
  output: Output,
  quiet: boolean,
  signal: AbortSignal,
): Promise<BuildResult> {
  const built = await compiler.build(request, buildEvents(output, quiet), signal);
  if (!quiet) output.stderr(renderBuild(built));
  return built;
}

/** Shows what a build says on stderr, unless `quiet`. */
export function buildEvents(output: Output, quiet: boolean): BuildEvents {
  if (quiet) return {};
  return {
    onLine: (line) => output.stderr(`${line}\n`),
    onDiagnostic: ({ message }) => output.tell(message.rendered ?? ''),
  };
}
