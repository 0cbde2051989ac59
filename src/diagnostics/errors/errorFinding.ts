import { realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { isBelow } from '../../shared/isBelow.ts';
import type { ErrorCode, ErrorValue, Frame } from '../../shared/workbenchError.ts';
import type { Crate } from '../crate.ts';
import type { Finding } from '../finding.ts';
import { fixesOfActions } from '../fixes/actionFixes.ts';
import type { Range } from '../position.ts';
import { ruleOf } from '../rules/index.ts';
import { bringsIn, failedCrate } from './bringsIn.ts';
import { mainPlace } from './mainPlace.ts';
import { messageOf } from './messageOf.ts';
import { moreFixes } from './moreFixes.ts';
import { ruleOfError } from './ruleOfError.ts';

/**
 * The finding that a failed build or run is: the error itself, at the place that it names, else at the `fn main` of a
 * program that ran, else at the package's name.
 * Null for what is no mistake in the program, such as a run that was stopped.
 *
 * @param stderr of the run
 */
export function findingOfError(error: ErrorValue, crate: Crate, stderr = ''): Finding | null {
  const code = ruleOfError(error, stderr);
  if (code === null) return null;
  const place = placeOf(error, crate) ?? placeOfWhole(error, crate);
  const line = crate.sources.get(place.file)?.text.split('\n')[place.range.start.line] ?? '';
  const failed = code === 'wasi/build-failed' ? null : failedCrate(`${error.message}\n${error.cause ?? ''}`);
  const through = failed === null ? null : bringsIn(failed, crate);
  return {
    code,
    severity: ruleOf(code).severity,
    ...place,
    message: through === null ? messageOf(error) : `${messageOf(error)} ${through}`,
    fixes: [...moreFixes(code, error, line, crate), ...fixesOfActions(error.actions)],
    error,
  };
}

interface Place {
  readonly file: string;
  readonly range: Range;
}

/** The line that used most, else the innermost frame in the crate's own sources, else the place that the compiler named. */
function placeOf({ actions, backtrace, cause }: ErrorValue, crate: Crate): Place | null {
  for (const action of actions) {
    const place = action.kind === 'open-source' ? placeIn(crate, action.file, action.line, null) : null;
    if (place !== null) return place;
  }
  for (const frame of backtrace) {
    const place = frame.file === null || frame.line === null ? null : placeOfFrame(frame, crate);
    if (place !== null) return place;
  }
  const found = /^\s*--> (.+):(\d+):(\d+)$/m.exec(cause ?? '');
  if (found === null) return null;
  const [, file = '', line, column] = found;
  return placeIn(crate, file, Number(line), Number(column));
}

function placeOfFrame({ file, line, column }: Frame, crate: Crate): Place | null {
  return placeIn(crate, file ?? '', line ?? 1, column);
}

/** Errors of programs that ran, whatever they did wrong. */
const ofRuns: readonly ErrorCode[] = [
  'trap',
  'panic',
  'exit',
  'out-of-fuel',
  'out-of-time',
  'out-of-memory',
  'stack-overflow',
];

/** Of a run that names no place, where its program begins, if there is but one; else the package's name. */
function placeOfWhole({ code }: ErrorValue, crate: Crate): Place {
  const programs = crate.roots.filter(({ kind }) => kind === 'bin').length;
  return ofRuns.includes(code) && programs === 1
    ? mainPlace(crate)
    : { file: crate.manifest.path, range: crate.manifest.packageRange };
}

/** A source that rustc names from its crate's folder or, of a workspace's member, from the workspace's. */
function sourceBelow({ dir, sources }: Crate, name: string): string {
  for (let folder = dir; ; folder = dirname(folder)) {
    if (sources.has(join(folder, name))) return join(folder, name);
    if (dirname(folder) === folder) return join(dir, name);
  }
}

/** A source that line tables name by its real path, also where the crate was opened through a link. */
function sourceAt({ dir, sources }: Crate, path: string): string {
  if (sources.has(path)) return path;
  try {
    const real = realpathSync.native(dir);
    return isBelow(path, real) ? join(dir, relative(real, path)) : path;
  } catch {
    return path; // the crate is gone
  }
}

/** `line` and `column` count from 1. The range is the rest of the line. */
function placeIn(crate: Crate, name: string, line: number, column: number | null): Place | null {
  const file = isAbsolute(name) ? sourceAt(crate, name) : sourceBelow(crate, name);
  const text = crate.sources.get(file)?.text.split('\n')[line - 1]?.trimEnd();
  if (text === undefined) return null;
  const start = Math.min(column === null ? text.search(/\S|$/) : column - 1, text.length);
  return {
    file,
    range: { start: { line: line - 1, character: start }, end: { line: line - 1, character: text.length } },
  };
}
