import { type ErrorAction, WorkbenchError } from '../shared/workbenchError.ts';
import type { CargoBuild, CargoOutcome } from './cargoBuild.ts';
import type { RustcMessage } from './cargoMessages.ts';
import { buildCancelled, toolNotFound } from './errors.ts';
import { explainFailure, recognise, sentence } from './knownFailures.ts';
import { targetNotInstalled } from './toolchain.ts';
import type { RustTools } from './rustTools.ts';

/** The error of a call of cargo that did not build. */
export async function buildFailure(
  tools: RustTools,
  build: CargoBuild,
  sysroot: string,
  outcome: CargoOutcome,
): Promise<WorkbenchError> {
  const { exit, diagnostics, stderr } = outcome;
  if (exit.ended === 'aborted') return buildCancelled();
  if (exit.ended === 'timed-out') return timedOut(outcome);
  if (exit.ended === 'not-started') {
    return toolNotFound('cargo', 'cargo could not be started.', exit.error);
  }
  if (exit.signal !== null) {
    return new WorkbenchError('build-failed', `cargo was ended from outside by ${exit.signal}.`, {
      cause: stderr || null,
      hint: 'Build again; where the system ends it for want of memory, build with fewer jobs, as with --jobs 1.',
    });
  }
  const errors = diagnostics.map(({ message }) => message).filter(isError);
  const missing = errors.find((error) => standardLibraryMissing(error, build.target));
  if (missing) return targetNotInstalled(tools, sysroot, build.target, missing.rendered);
  const [first] = errors;
  return first ? compileError(first, errors, stderr) : explainFailure(stderr, 'cargo build failed');
}

function timedOut({ stderr, waiting }: CargoOutcome): WorkbenchError {
  return new WorkbenchError('build-timed-out', 'The build took longer than its time limit and was ended.', {
    cause: stderr || null,
    hint: waiting
      ? 'It was waiting for another cargo that uses the same target folder: let that one end, then build again.'
      : 'Build again, which goes on where this build was ended, or allow it more time.',
  });
}

function isError({ level, message }: RustcMessage): boolean {
  return level.startsWith('error') && !message.startsWith('aborting due to');
}

/** E0463 for the standard library itself, or rustc's own note on it. */
function standardLibraryMissing({ code, message, children }: RustcMessage, target: string): boolean {
  if (code?.code !== 'E0463') return false;
  const note = `the \`${target}\` target may not be installed`;
  return (
    /can't find crate for `(?:core|std)`/.test(message) || children.some((c) => c.message.includes(note))
  );
}

function compileError(first: RustcMessage, errors: readonly RustcMessage[], stderr: string): WorkbenchError {
  const span = first.spans.find((each) => each.is_primary);
  const place = span ? `${span.file_name}:${span.line_start}:${span.column_start}` : null;
  // Warnings say much that is not why the build failed.
  const cargoErrors = stderr.split('\n').filter((line) => line.startsWith('error'));
  const text = [...errors.map(({ message, rendered }) => rendered ?? message), ...cargoErrors].join('\n');
  const show: ErrorAction[] = span
    ? [{ kind: 'show-source', file: span.file_name, line: span.line_start, column: span.column_start }]
    : [];
  const { hint, actions = [] } = recognise(text) ?? {
    hint: place
      ? `Mend the error at ${place}, then build again.`
      : 'Mend it as the cause says, then build again.',
  };
  return new WorkbenchError(
    'build-failed',
    place ? `${first.message} (${place}).` : sentence(first.message),
    { cause: first.rendered, hint, actions: [...show, ...actions] },
  );
}
