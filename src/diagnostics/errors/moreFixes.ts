import type { RuleCode } from '../../shared/ruleCode.ts';
import type { ErrorValue } from '../../shared/workbenchError.ts';
import type { Crate } from '../crate.ts';
import type { Fix, FixAction } from '../fix.ts';
import { fixesOfActions } from '../fixes/actionFixes.ts';
import { programFix } from '../fixes/programFix.ts';
import { stackFix } from '../fixes/stackFix.ts';
import { stripFix } from '../fixes/stripFix.ts';

/**
 * Fixes of an error that its own next steps don't have, since they need the crate.
 *
 * @param line the source line that the error is at; empty where there is none
 */
export function moreFixes(code: RuleCode, error: ErrorValue, line: string, crate: Crate): Fix[] {
  const file = crate.manifest.path;
  switch (code) {
    case 'wasi/env-missing': {
      const name = /\bvar(?:_os)?\(\s*"(\w+)"/.exec(line)?.[1];
      return name === undefined ? [] : action({ kind: 'set-environment', name, file });
    }
    case 'wasi/no-preopen': {
      const guestPath = /"(\/[^"/]+)/.exec(line)?.[1] ?? '.';
      return action({ kind: 'add-preopen', guestPath, file });
    }
    case 'wasi/stack-overflow':
      // V8's and wasmtime's own stacks, of which the cause tells, have a size that the program can't choose.
      return error.cause?.includes('call stack exhausted') ? [] : stackFix(crate);
    case 'wasi/wasm-opt-features':
      return stripFix(crate.manifest);
    case 'wasi/no-program':
    case 'wasi/missing-start':
    case 'wasi/missing-run':
    case 'wasi/bare-module':
      return crate.roots.some(({ kind }) => kind === 'bin') ? [] : programFix(crate, false);
    default:
      return [];
  }
}

function action(given: FixAction): Fix[] {
  return fixesOfActions([given]);
}
