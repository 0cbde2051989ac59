import { concludeTaping, tapingOf } from '../../cassette/taping.ts';
import { whyMute } from '../../executor/wasmUnknownEntry.ts';
import { lacksLines } from '../../profile/frameGroups.ts';
import type { RunRequest } from '../../shared/runRequest.ts';
import type { RunResult } from '../../shared/runResult.ts';
import { onlyOperand, parseArguments } from '../arguments.ts';
import type { Command, CommandContext } from '../command.ts';
import { exitCodeOf, exitCodes } from '../exitCodes.ts';
import { runHelp } from '../help.ts';
import { givenInput, pipedInput } from '../input.ts';
import { nothingRan, runJson } from '../json.ts';
import { mocks, refuseStrayCassette } from '../networkOptions.ts';
import { loadProgram } from '../program.ts';
import { writeProfile } from '../profile.ts';
import { renderFailure, renderProfile, renderRun, renderSaving, renderTape } from '../render.ts';
import { profileKindOf, runOptions, runRequest, runSettings } from '../runOptions.ts';
import type { ProfileKind } from '../../shared/profileKind.ts';

/** `run FILE.wasm|CRATE`: the program's output as it comes, then a summary; or one JSON object. */
export const run: Command = {
  run: runProgram,
  jsonOfError: (error) => runJson(nothingRan(error)),
};

async function runProgram(args: readonly string[], context: CommandContext): Promise<number> {
  const { output, services, signal } = context;
  const { values, operands } = parseArguments(args, runOptions);
  if (values.help) {
    output.stdout(runHelp);
    return exitCodes.success;
  }
  refuseStrayCassette(values, operands);
  const operand = onlyOperand(operands, 'run', 'FILE.wasm|CRATE');
  const settings = runSettings(values);
  const answers = await mocks(values);
  const given = await givenInput(values.input, values['input-file']);
  const lineTables = settings.options.profile || (values['line-tables'] ?? false);
  const program = await loadProgram(operand, values, context, lineTables);
  const input = given ?? (await pipedInput(process.stdin, signal));

  await using executor = services.executor();
  const events = values.json
    ? {}
    : {
        onStdout: (bytes: Uint8Array) => output.stdout(bytes),
        onStderr: (bytes: Uint8Array) => output.stderr(bytes),
      };
  const taping = await tapingOf(settings.tape?.mode ?? 'off', settings.tape?.path ?? program.cassettePath, {
    headers: values['redact-header'] ?? [],
    secrets: settings.secrets,
  });
  const profileKind = profileKindOf(settings, program);
  const request = runRequest(settings, program, input, { mocks: answers, taping });
  const result = await executor.run(request, events, signal);
  if (settings.profileFile) await writeProfile(settings.profileFile, result.profile, program.fileName);
  const taped = await concludeTaping(taping, request, result);
  const code = exitCode(result, profileKind);
  if (values.json) output.stdout(runJson(result, taped));
  else if (!values.quiet) {
    if (leavesLineOpen(result)) output.stderr('\n');
    output.stderr(renderRun(result, settings.limits, profileKind));
    const mute = whyMute(result, program.wasm);
    if (mute !== null) output.stderr(`  ! ${mute}\n`);
    if (taped !== null) output.stderr(renderTape(taped));
    if (program.unoptimised !== null && canRepeat(request, result)) {
      const before = await executor.run({ ...request, wasm: program.unoptimised }, {}, signal);
      output.stderr(renderSaving(before, result));
    }
    if (settings.profileFile && result.profile) {
      output.stderr(renderProfile(result.profile, settings.profileFile.path, program.folders));
    }
    if (program.isBuilt && !lineTables && lacksLines(result.error?.backtrace ?? [])) {
      output.stderr('  Which lines these are is told with --line-tables.\n');
    }
  } else if (code !== exitCodes.success) {
    if (leavesLineOpen(result)) output.stderr('\n');
    output.stderr(renderFailure(result, profileKind));
  }
  return code;
}

/** Whether to run the program a second time changes nothing but the time it takes. */
function canRepeat({ options }: RunRequest, { success, network }: RunResult): boolean {
  return (
    success &&
    network.length === 0 &&
    options.tape === undefined &&
    !options.preopens.some(({ writable }) => writable)
  );
}

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
