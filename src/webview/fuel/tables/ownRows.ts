import type { CodeOrigin } from '../../../shared/profile.ts';
import type { Formats } from '../../format.ts';
import type { RestRow } from './sortableTable.ts';

/** What a table shows. */
export interface Rows<Row> {
  /** The row of those that are left out; null where none are. */
  readonly rest: RestRow | null;
  readonly rows: readonly Row[];
}

/**
 * The rows of the user's own code, and one that stands for all others, so that all adds up. Where none is the user's
 * all are shown.
 *
 * @param whole units of the profile
 * @param things such as `lines`
 */
export function ownRows<Row extends { readonly origin: CodeOrigin; readonly self: number }>(
  rows: readonly Row[],
  whole: number,
  things: string,
  formats: Formats,
  showAll: () => void,
): Rows<Row> {
  const own = rows.filter(({ origin }) => origin === 'yours');
  const others = rows.length - own.length;
  if (own.length === 0 || others === 0) return { rows, rest: null };
  const units = whole - own.reduce((sum, { self }) => sum + self, 0);
  const share = formats.percent(units / Math.max(1, whole));
  const text = `${formats.exact(others)} other ${things}: ${share} of the fuel by themselves`;
  const tip = `${formats.exact(units)} units of code that is not yours, wherever it was inlined. Shows all ${things}.`;
  return { rows: own, rest: { text, tip, show: showAll } };
}
