import { isRuleCode, type RuleCode } from '../shared/ruleCode.ts';
import type { Crate } from './crate.ts';
import type { Finding } from './finding.ts';

/**
 * Lines on which comments silence a rule, as `// wasi-workbench: allow(wasi/args)` does for its own line and, where it
 * stands alone, for the next line that holds more than a comment. In TOML the comment begins with `#`.
 */
export function silencedLines(text: string): ReadonlyMap<number, ReadonlySet<RuleCode>> {
  const silenced = new Map<number, Set<RuleCode>>();
  if (!text.includes('wasi-workbench:')) return silenced;
  const lines = text.split('\n');
  lines.forEach((line, at) => {
    const found = /(^|.*?)(?:\/\/|#|\/\*)\s*wasi-workbench:\s*allow\(([^)]*)\)/.exec(line);
    if (found === null) return;
    const [, before = '', list = ''] = found;
    const codes = list
      .split(',')
      .map((code) => code.trim())
      .filter(isRuleCode);
    silence(silenced, at, codes);
    if (before.trim() !== '') return;
    const next = lines.findIndex((each, i) => i > at && !/^\s*(?:\/\/.*|#(?!\[|!\[).*)?\s*$/.test(each));
    if (next >= 0) silence(silenced, next, codes);
  });
  return silenced;
}

/** Whether the crate's metadata silences a rule everywhere. */
export function isAllowed(code: RuleCode, crate: Crate | null): boolean {
  const allowed = crate?.manifest.value('package', 'metadata', 'wasi-workbench', 'allow');
  return Array.isArray(allowed) && allowed.includes(code);
}

/** Whether a finding that was not made by reading is silenced where it is shown, or everywhere. */
export function isSilenced({ code, file, range }: Finding, crate: Crate): boolean {
  if (isAllowed(code, crate)) return true;
  const text = file === crate.manifest.path ? crate.manifest.text : crate.sources.get(file)?.text;
  return text !== undefined && (silencedLines(text).get(range.start.line)?.has(code) ?? false);
}

function silence(silenced: Map<number, Set<RuleCode>>, line: number, codes: readonly RuleCode[]): void {
  const known = silenced.get(line) ?? new Set();
  codes.forEach((code) => known.add(code));
  silenced.set(line, known);
}
