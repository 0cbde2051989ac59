import type { RunResult } from '../../shared/runResult.ts';
import { onlyOperand, parseArguments } from '../arguments.ts';
import type { Command } from '../command.ts';
import { exitCodeOf, exitCodes } from '../exitCodes.ts';
import { runHelp } from '../help.ts';
import { readInput } from '../input.ts';
import { runJson } from '../json.ts';
import { loadProgram } from '../program.ts';
import { renderError, renderRun } from '../render.ts';
import { runOptions, runRequest, runSettings } from '../runOptions.ts';
import type { ProfileKind } from '../../shared/profileKind.ts';

/** `run FILE.wasm|CRATE`: the program's output as it comes, then a summary; or one JSON object. */
export const run: Command = async (args, context) => {
  const { output, services, signal } = context;
  const { values, operands } = parseArguments(args, runOptions);
  if (values.help) {
    output.stdout(runHelp);
    return exitCodes.success;
  }
  const operand = onlyOperand(operands, 'run', 'FILE.wasm|CRATE');
  const settings = runSettings(values);
  const program = await loadProgram(operand, values, context);
  const input = await readInput(values.input, values['input-file'], () => process.stdin, signal);

  await using executor = services.executor();
  const events = values.json
    ? {}
    : {
        onStdout: (bytes: Uint8Array) => output.stdout(bytes),
        onStderr: (bytes: Uint8Array) => output.stderr(bytes),
      };
  const result = await executor.run(runRequest(settings, program, input), events, signal);
  const profileKind = settings.profileKind ?? program.profileKind ?? 'wasi';
  const code = exitCode(result, profileKind);
  if (values.json) output.stdout(runJson(result));
  else if (!values.quiet) {
    if (leavesLineOpen(result)) output.stderr('\n');
    output.stderr(renderRun(result, settings.limits, profileKind));
  } else if (result.error && code === exitCodes.unusable) output.stderr(renderError(result.error));
  return code;
};

/** Whether the cursor is within a line, where both streams share a terminal or log. */
function leavesLineOpen({ output, stderr }: RunResult): boolean {
  return [output, stderr].some((bytes) => bytes.length > 0 && bytes.at(-1) !== 0x0a);
}

/** The leading view decides, except where nothing could run. */
function exitCode({ success, worker, error }: RunResult, profileKind: ProfileKind): number {
  const code = error === null ? exitCodes.success : exitCodeOf(error.code);
  if (code === exitCodes.unusable) return code;
  const succeeded = profileKind === 'outlayer' ? worker.success : success;
  return succeeded ? exitCodes.success : exitCodes.failed;
}
