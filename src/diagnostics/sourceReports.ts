import type { Crate } from './crate.ts';
import type { Report } from './finding.ts';
import type { Rule } from './rule.ts';
import { rules } from './rules/index.ts';
import type { RustSource } from './rust/rustSource.ts';

type Reports = ReadonlyMap<Rule, readonly Report[]>;

const known = new WeakMap<RustSource, { readonly place: string; readonly reports: Reports }>();

/**
 * What rules report of a source, those too that settings or the crate's profile leave out. They are asked once for
 * each text and place: of a hundred files one has changed since the last check.
 */
export function sourceReports(source: RustSource, { roots, edition }: Crate): Reports {
  const isProgram = roots.some(({ path, kind }) => path === source.path && kind === 'bin');
  const place = { edition, isProgram };
  const key = JSON.stringify(place);
  const before = known.get(source);
  if (before?.place === key) return before.reports;
  const { document } = source;
  const reports = new Map<Rule, readonly Report[]>();
  for (const rule of rules) {
    const found = rule.rust?.(document, place) ?? [];
    if (found.length > 0) reports.set(rule, found);
  }
  known.set(source, { place: key, reports });
  return reports;
}
