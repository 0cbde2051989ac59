import { onlyOperand, parseArguments } from '../arguments.ts';
import { buildCrate } from '../buildCrate.ts';
import { buildOptions, buildRequest } from '../buildOptions.ts';
import type { Command, CommandContext } from '../command.ts';
import { crateOf } from '../crate.ts';
import { exitCodes } from '../exitCodes.ts';
import { buildHelp } from '../help.ts';
import { buildJson } from '../json.ts';

const options = { ...buildOptions, quiet: 'flag', json: 'flag', help: 'flag' } as const;

/** `build CRATE`: prints the path of the artefact. */
export const build: Command = {
  run: buildProgram,
  jsonOfError: (error) => buildJson(null, error),
};

async function buildProgram(
  args: readonly string[],
  { output, services, signal }: CommandContext,
): Promise<number> {
  const { values, operands } = parseArguments(args, options);
  if (values.help) {
    output.stdout(buildHelp);
    return exitCodes.success;
  }
  const crateDir = crateOf(onlyOperand(operands, 'build', 'CRATE'));
  const compiler = services.compiler();
  const request = await buildRequest(crateDir, values, compiler, signal);
  const built = await buildCrate(compiler, request, output, values.quiet ?? false, signal);
  output.stdout(values.json ? buildJson(built, null) : `${built.artefactPath}\n`);
  return exitCodes.success;
}
