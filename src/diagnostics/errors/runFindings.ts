import type { RunOutcome } from '../../shared/languageServer.ts';
import { encodeUtf8, grouped } from '../../shared/text.ts';
import type { ErrorValue } from '../../shared/workbenchError.ts';
import type { Crate } from '../crate.ts';
import type { Finding } from '../finding.ts';
import { startOfFile } from '../position.ts';
import { ruleOf } from '../rules/index.ts';
import { findingOfError } from './errorFinding.ts';

/** What a run tells of mistakes: the one that made it fail, or an output that is not what was wanted. */
export function findingsOfRun(
  error: ErrorValue | null,
  { stderr, printed, notJson }: RunOutcome,
  crate: Crate,
): Finding[] {
  if (error !== null) {
    const found = findingOfError(error, crate, stderr);
    return found === null ? [] : [found];
  }
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

function atMain(code: Finding['code'], message: string, crate: Crate): Finding {
  const root = crate.roots.find(({ kind }) => kind === 'bin');
  const source = root && crate.sources.get(root.path);
  const document = source?.document;
  const name = document?.main?.childForFieldName('name');
  return {
    code,
    severity: ruleOf(code).severity,
    file: source?.path ?? crate.manifest.path,
    range: name ? document!.rangeOf(name) : source ? startOfFile : crate.manifest.packageRange,
    message,
    fixes: [],
    error: null,
  };
}
