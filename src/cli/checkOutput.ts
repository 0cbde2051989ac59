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

/** What was found, for people; places count from 1. */
export function renderCheck(findings: readonly Finding[], fixed: readonly Fixed[], cwd: string): string {
  const lines = fixed.map(({ finding, title }) => `✓ ${place(finding, cwd)} ${title}`);
  for (const finding of findings) {
    lines.push(`${place(finding, cwd)} ${finding.severity} ${finding.code}`, `  ${finding.message}`);
    lines.push(...finding.fixes.map(({ title, safe }) => `  → ${title}${safe ? ' (--fix does)' : ''}`));
  }
  if (findings.length === 0) lines.push('✓ Nothing is wrong that can be seen without a run.');
  return `${lines.join('\n')}\n`;
}

function place({ file, range }: Finding, cwd: string): string {
  const path = relative(cwd, file);
  const { start } = range;
  return range === startOfFile ? path : `${path}:${start.line + 1}:${start.character + 1}`;
}
