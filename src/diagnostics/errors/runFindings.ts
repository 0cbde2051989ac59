import { bareIsMute } from '../../executor/wasmUnknownEntry.ts';
import type { RunOutcome } from '../../shared/languageServer.ts';
import { encodeUtf8, grouped } from '../../shared/text.ts';
import type { ErrorValue } from '../../shared/workbenchError.ts';
import type { Crate } from '../crate.ts';
import type { Finding } from '../finding.ts';
import { fixesOfActions } from '../fixes/actionFixes.ts';
import { ruleOf } from '../rules/index.ts';
import { findingOfError } from './errorFinding.ts';
import { mainPlace } from './mainPlace.ts';

/** What a run tells of mistakes: the one that made it fail, or an output that is not what was wanted. */
export function findingsOfRun(
  error: ErrorValue | null,
  { format, stderr, printed, notJson }: RunOutcome,
  crate: Crate,
): Finding[] {
  if (error !== null) {
    const found = findingOfError(error, crate, stderr);
    return found === null ? [] : [found];
  }
  if (!printed && format === 'unknown') return [ofBareModule(crate)];
  if (!printed) {
    const bytes = encodeUtf8(stderr).length;
    const instead =
      bytes === 0
        ? 'Print the result with println!.'
        : `It printed ${grouped(bytes)} bytes to stderr: print the result with println!, not eprintln!.`;
    return [atMain('wasi/empty-output', `The program printed nothing to stdout. ${instead}`, crate)];
  }
  return notJson === null ? [] : [atMain('wasi/output-not-json', notJson, crate)];
}

/** A program has nowhere to print to; what is no program hands its output back. */
function ofBareModule(crate: Crate): Finding {
  if (!crate.roots.some(({ kind }) => kind === 'bin'))
    return atMain('wasi/empty-output', 'The function run returned no bytes.', crate);
  const fixes = fixesOfActions([{ kind: 'build-for-target', target: 'wasm32-wasip2' }]);
  return { ...atMain('wasi/bare-module', bareIsMute, crate), severity: 'warning', fixes };
}

function atMain(code: Finding['code'], message: string, crate: Crate): Finding {
  return { code, severity: ruleOf(code).severity, ...mainPlace(crate), message, fixes: [], error: null };
}
