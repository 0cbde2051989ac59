import { relative } from 'node:path';
import type { Finding } from '../diagnostics/finding.ts';
import type { Fixed } from '../diagnostics/fixAll.ts';
import { startOfFile } from '../diagnostics/position.ts';

/**
 * The object that `check --json` prints. Lines and characters count from 0, characters in UTF-16 units.
 *
 * @param fixed null where nothing was to be fixed
 */
export function checkJson(findings: readonly Finding[], fixed: readonly Fixed[] | null): string {
  const value = {
    findings: findings.map(({ code, severity, file, range, message, fixes }) => ({
      code,
      severity,
      file,
      range,
      message,
      fixes: fixes.map(({ title }) => title),
    })),
    ...(fixed && { fixed: fixed.map(({ finding: { code, file }, title }) => ({ code, file, title })) }),
  };
  return `${JSON.stringify(value)}\n`;
}

/**
 * What was found, for people; places count from 1.
 *
 * @param fixed null where nothing was to be fixed
 */
export function renderCheck(
  findings: readonly Finding[],
  fixed: readonly Fixed[] | null,
  cwd: string,
): string {
  const lines = (fixed ?? []).map(({ finding, title }) => `✓ ${place(finding, cwd)} ${title}`);
  for (const finding of findings) {
    lines.push(`${place(finding, cwd)} ${finding.severity} ${finding.code}`, `  ${finding.message}`);
    lines.push(...finding.fixes.map(({ title, safe }) => `  → ${title}${safe ? ' (--fix does)' : ''}`));
  }
  if (findings.length === 0) lines.push('✓ Nothing is wrong that can be seen without a run.');
  else if (fixed !== null) lines.push(whyLeft(findings));
  return `${lines.join('\n')}\n`;
}

/** Why `--fix` did not mend all of it. */
function whyLeft(findings: readonly Finding[]): string {
  return findings.some(({ fixes }) => fixes.length > 0)
    ? '! --fix makes only changes that are safe unseen. What → offers is another: it adds to the crate, changes what the program does, or asks you something. Do it by hand, or as a quick fix in the editor.'
    : '! --fix can make none of what is left: mend it as the messages say.';
}

function place({ file, range }: Finding, cwd: string): string {
  const path = relative(cwd, file);
  const { start } = range;
  return range === startOfFile ? path : `${path}:${start.line + 1}:${start.character + 1}`;
}
