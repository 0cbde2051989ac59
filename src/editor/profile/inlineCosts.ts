import { groupTotals } from '../../profile/groupTotals.ts';
import type { Profile } from '../../shared/profile.ts';

/** What one line of a document cost. Lines count from 0, as the editor's do. */
export interface LineCost {
  readonly line: number;
  /** Units of it and of what was inlined from it. */
  readonly total: number;
  /** Of all of the run's fuel, from 0 to 1. */
  readonly share: number;
  /** From 0, hardly any, to {@link hottest}. */
  readonly heat: number;
}

/** What a function that begins in a document cost. */
export interface FunctionCost {
  /** Where it begins; of one that was only inlined, the first line that there is code of. */
  readonly line: number;
  /** Null for one that was called. */
  readonly inlined: string | null;
  readonly calls: number;
  readonly self: number;
  readonly total: number;
  /** Of its total, of all of the run's fuel. */
  readonly share: number;
}

export interface DocumentCosts {
  readonly lines: readonly LineCost[];
  readonly functions: readonly FunctionCost[];
}

export const hottest = 3;

/** Shares of the dearest line of the file from which a line is one step hotter. */
const steps = [0.05, 0.25, 0.6];

/**
 * What each file of a profile cost, by its name as the profile has it. A line that the compiler copied, or a function
 * that it made several of, is one.
 */
export function costsByFile({
  fuel,
  uncounted,
  lines,
  functions,
  stacks,
}: Profile): Map<string, DocumentCosts> {
  const all = Math.max(1, fuel + uncounted);
  const files = new Map<string, { lines: Map<number, number>; functions: Map<number, FunctionCost> }>();
  const of = (file: string) => {
    const none = { lines: new Map<number, number>(), functions: new Map<number, FunctionCost>() };
    const known = files.get(file) ?? none;
    files.set(file, known);
    return known;
  };
  for (const { file, line, total } of lines) {
    const own = of(file).lines;
    own.set(line - 1, (own.get(line - 1) ?? 0) + total);
  }
  const places = new Map<string, number>();
  const placeOf = functions.map(({ file, line }) => {
    if (file === null || line === null) return undefined;
    const place = `${file}:${line}`;
    const number = places.get(place) ?? places.size;
    places.set(place, number);
    return number;
  });
  // A closure may stand in the line that its function is placed at, and is then within it.
  const totals = groupTotals(placeOf, places.size, stacks);
  for (const [n, { name, file, line, calls, self, total, inlined }] of functions.entries()) {
    if (file === null || line === null) continue;
    const own = of(file).functions;
    const before = own.get(line - 1);
    // Stacks beyond the tree are not told of.
    const sum = Math.max(before?.total ?? 0, total, totals[placeOf[n]!]!);
    own.set(line - 1, {
      line: line - 1,
      inlined: inlined === undefined || calls > 0 || before?.inlined === null ? null : name,
      calls: (before?.calls ?? 0) + calls,
      self: (before?.self ?? 0) + self,
      total: sum,
      share: sum / all,
    });
  }
  return new Map(
    [...files].map(([file, own]) => {
      const most = Math.max(1, ...own.lines.values());
      const costs = [...own.lines].map(([line, total]) => {
        const heat = steps.filter((step) => total / most >= step).length;
        return { line, total, share: total / all, heat };
      });
      return [file, { lines: costs, functions: [...own.functions.values()] }];
    }),
  );
}

/** The line in which the function begins that a line is of, by its name; null where there is none. */
export function lineOfFunction(lines: readonly string[], line: number, name: string): number | null {
  const plain = /(\w+)(?:<.*>)?$/s.exec(name)?.[1];
  const begins = new RegExp(`\\bfn\\s+${plain}\\b`);
  const found =
    plain === undefined ? -1 : lines.slice(0, line + 1).findLastIndex((text) => begins.test(text));
  return found < 0 ? null : found;
}

/** An edit: lines from `start` to `end`, counted from 0, became `lines` lines more or less. */
export interface LineEdit {
  readonly start: number;
  readonly end: number;
  /** Lines that the new text has beyond its first. */
  readonly inserted: number;
  /** Whether it begins where its first line does, so that nothing of that line stays before it. */
  readonly atLineStart: boolean;
}

/** Moves what was told of lines with an edit; what stood in lines that were deleted goes. */
export function moveLines<T extends { readonly line: number }>(costs: readonly T[], edit: LineEdit): T[] {
  const { start, end, inserted, atLineStart } = edit;
  const by = inserted - (end - start);
  return costs.flatMap((cost) => {
    const { line } = cost;
    if (line < start || (line === start && !atLineStart)) return [cost];
    if (line < end) return [];
    return [{ ...cost, line: line + by }];
  });
}
