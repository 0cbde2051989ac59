import type { RunResult } from '../../shared/runResult.ts';
import { decodeUtf8, grouped } from '../../shared/text.ts';
import type { Crate } from '../crate.ts';
import type { Finding } from '../finding.ts';
import { startOfFile } from '../position.ts';
import { ruleOf } from '../rules/index.ts';
import { findingOfError } from './errorFinding.ts';

/**
 * What a run tells of mistakes: the one that made it fail, or an output that is not what was wanted.
 *
 * @param expectsJson whether the output was meant to be one JSON value
 */
export function findingsOfRun(
  result: Pick<RunResult, 'error' | 'output' | 'stderr'>,
  crate: Crate,
  expectsJson: boolean,
): Finding[] {
  if (result.error !== null) {
    const found = findingOfError(result.error, crate, decodeUtf8(result.stderr));
    return found === null ? [] : [found];
  }
  if (result.output.length === 0) {
    const stderr =
      result.stderr.length === 0
        ? 'Print the result with println!.'
        : `It printed ${grouped(result.stderr.length)} bytes to stderr: print the result with println!, not eprintln!.`;
    return [atMain('wasi/empty-output', `The program printed nothing to stdout. ${stderr}`, crate)];
  }
  const at = expectsJson ? whereJsonStops(result.output) : null;
  return at === null ? [] : [atMain('wasi/output-not-json', at, crate)];
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

/** Null where it is JSON. */
function whereJsonStops(output: Uint8Array): string | null {
  const text = decodeUtf8(output);
  try {
    JSON.parse(text);
    return null;
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    const offset = Number(/at position (\d+)/.exec(reason)?.[1] ?? text.length);
    const before = text.slice(0, offset).split('\n');
    const rest = JSON.stringify(text.slice(offset, offset + 30));
    const line = before.length;
    const column = before.at(-1)!.length + 1;
    const where =
      offset >= text.length
        ? 'it ends too early'
        : `it stops being JSON at line ${line}, column ${column}, before ${rest}`;
    return `The output can't be parsed as JSON: ${where}. Print nothing but the JSON to stdout.`;
  }
}
