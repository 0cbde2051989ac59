import type { Target } from '../../shared/target.ts';
import { type ErrorCode, WorkbenchError } from '../../shared/workbenchError.ts';
import type { CoreSummary } from '../../wasm/summary.ts';
import { messageOf } from '../errors/messageOf.ts';
import type { Report } from '../finding.ts';
import { fixesOfActions } from '../fixes/actionFixes.ts';
import { startOfFile } from '../position.ts';

/** What a check that a run would make says of a file, in the run's own words; nothing where it says something else. */
export function reportsOf(code: ErrorCode, check: () => unknown): Report[] {
  try {
    check();
    return [];
  } catch (thrown) {
    if (!(thrown instanceof WorkbenchError) || thrown.value.code !== code) return [];
    const { value } = thrown;
    return [{ range: startOfFile, message: messageOf(value), fixes: fixesOfActions(value.actions) }];
  }
}

export function importsWasi({ imports }: CoreSummary): boolean {
  return imports.some(({ module }) => module === 'wasi_snapshot_preview1' || module === 'wasi_unstable');
}

/** Whether a core module is run as one of WASI preview 1, rather than as a bare one. */
export function isPreview1(summary: CoreSummary, target: Target | null): boolean {
  return target === null ? importsWasi(summary) : target !== 'wasm32-unknown-unknown';
}

/** `a, b and c`, the first few of them. */
export function few(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}
