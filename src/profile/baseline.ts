import { isFuelModel, type FuelModel } from '../shared/fuelModel.ts';
import type { Profile } from '../shared/profile.ts';
import { isIndex, isRecord } from '../shared/shapes.ts';
import { WorkbenchError } from '../shared/workbenchError.ts';
import { changeOf, type Change } from './compareProfiles.ts';
import { originOf } from './origin.ts';
import { stablePath } from './stablePath.ts';

/** What the cases of a crate cost, as it is kept with its sources: docs/snapshot.md. */
export interface Baseline {
  readonly version: typeof baselineVersion;
  /** By name. */
  readonly cases: readonly BaselineCase[];
}

export interface BaselineCase {
  readonly name: string;
  readonly target: string;
  readonly fuelModel: FuelModel;
  /** As `rustc --version` prints it: another compiler makes another program. */
  readonly rustc: string;
  readonly fuel: number;
  /**
   * The user's own and the dearest of all, by name, so that a diff of the file shows what changed and not what moved.
   */
  readonly functions: readonly BaselineFunction[];
}

export interface BaselineFunction {
  readonly name: string;
  /** The same on every machine; null where it is not known. */
  readonly file: string | null;
  readonly calls: number;
  /** Units of its own. */
  readonly self: number;
  /** Whether it is the user's own; left out where it isn't, and in baselines that kept only the dearest. */
  readonly own?: true;
}

export const baselineVersion = 1;

/** Functions that a case keeps, whoever's they are. */
const mostFunctions = 25;

/** The user's own that it keeps, the dearest of them. */
const mostOwn = 500;

/** The functions of a profile that a baseline keeps, copies of one taken together. */
export function keptFunctions({ functions }: Profile, folders: readonly string[]): BaselineFunction[] {
  const sums = new Map<string, BaselineFunction>();
  for (const { name, file, calls, self } of functions) {
    const path = file === null ? null : stablePath(file, folders);
    const key = keyOf({ name, file: path });
    const before = sums.get(key);
    sums.set(key, {
      name,
      file: path,
      calls: calls + (before?.calls ?? 0),
      self: self + (before?.self ?? 0),
      ...(originOf(file).origin === 'yours' && { own: true }),
    });
  }
  const dearest = [...sums.values()].sort((a, b) => b.self - a.self || byName(a, b));
  const kept = new Set([
    ...dearest.slice(0, mostFunctions),
    ...dearest.filter(({ own }) => own).slice(0, mostOwn),
  ]);
  return [...kept].sort(byName);
}

/** Whether a baseline's case has all that ran of the user's own, so that one that it lacks cost nothing. */
function hasAllOwn(functions: readonly BaselineFunction[]): boolean {
  const own = functions.filter((one) => one.own).length;
  return own > 0 && own < mostOwn;
}

/** The file's text. Cases that were not run keep what they had. */
export function baselineText(cases: readonly BaselineCase[], before: Baseline | null): string {
  const names = new Set(cases.map(({ name }) => name));
  const kept = before?.cases.filter(({ name }) => !names.has(name)) ?? [];
  const all = [...cases, ...kept].sort((a, b) => order(a.name, b.name));
  return `${JSON.stringify({ version: baselineVersion, cases: all } satisfies Baseline, null, 2)}\n`;
}

/** @throws WorkbenchError `usage` where it is no baseline, or one of a later version */
export function readBaseline(text: string, path: string): Baseline {
  let value: unknown = null;
  try {
    value = JSON.parse(text);
  } catch {
    // Told below.
  }
  if (isRecord(value) && value['version'] === baselineVersion) {
    const { cases } = value;
    if (Array.isArray(cases) && cases.every(isCase)) return value as unknown as Baseline;
  }
  throw new WorkbenchError('usage', `${path} is no baseline of this version.`, {
    hint: 'Write it anew: wasi-workbench snapshot CRATE.',
  });
}

/** What became of a case since the baseline. */
export interface CaseChange {
  readonly name: string;
  readonly fuel: Change;
  /** Why the two can't be held against each other; null where they can. */
  readonly incomparable: string | null;
  /** The compiler of the baseline, where it is another. */
  readonly otherRustc: string | null;
  /** Whether it got dearer by more than the tolerance, or can't be compared. */
  readonly regressed: boolean;
  /** Those whose own fuel changed, the largest difference first. */
  readonly functions: readonly FunctionDifference[];
}

export interface FunctionDifference {
  readonly name: string;
  readonly file: string | null;
  /** Whether it is the user's own, where that is known. */
  readonly own: boolean;
  readonly self: Change;
}

/** @param tolerance share of the baseline's fuel that a case may cost more */
export function compareCase(now: BaselineCase, baseline: Baseline, tolerance: number): CaseChange {
  const { name } = now;
  const before = baseline.cases.find((one) => one.name === name);
  const fuel = changeOf(before?.fuel, now.fuel);
  const incomparable = before === undefined ? 'it is not in the baseline' : whyIncomparable(before, now);
  const regressed = incomparable !== null || now.fuel > (before?.fuel ?? 0) * (1 + tolerance);
  const otherRustc = before === undefined || before.rustc === now.rustc ? null : before.rustc;
  return {
    name,
    fuel,
    incomparable,
    otherRustc,
    regressed,
    functions: changes(before?.functions ?? [], now.functions),
  };
}

function whyIncomparable(before: BaselineCase, now: BaselineCase): string | null {
  if (before.fuelModel !== now.fuelModel) return `the baseline counts by ${before.fuelModel}`;
  return before.target === now.target ? null : `the baseline is of ${before.target}`;
}

/** A function that a side left out counts as unchanged, as what it cost there is not known. */
function changes(
  before: readonly BaselineFunction[],
  now: readonly BaselineFunction[],
): readonly FunctionDifference[] {
  const olds = new Map(before.map((one) => [keyOf(one), one]));
  const news = new Map(now.map((one) => [keyOf(one), one]));
  const all = [hasAllOwn(before), hasAllOwn(now)];
  return [...new Map([...olds, ...news])]
    .flatMap(([key, { name, file }]) => {
      const sides = [olds.get(key), news.get(key)];
      const own = sides.some((one) => one?.own);
      const [old, self] = sides.map((one, n) => one?.self ?? (own && all[n] ? 0 : null));
      if (old == null || self == null || old === self) return [];
      return [{ name, file, own, self: changeOf(old, self) }];
    })
    .sort((a, b) => Math.abs(b.self.difference) - Math.abs(a.self.difference) || byName(a, b));
}

function keyOf({ name, file }: Named): string {
  return `${name} ${file}`;
}

function isCase(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { name, target, fuelModel, rustc, fuel, functions } = value;
  const texts = [name, target, rustc].every((text) => typeof text === 'string');
  const model = typeof fuelModel === 'string' && isFuelModel(fuelModel);
  return texts && model && isIndex(fuel) && Array.isArray(functions) && functions.every(isFunction);
}

function isFunction(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { name, file, calls, self, own } = value;
  return (
    typeof name === 'string' &&
    (file === null || typeof file === 'string') &&
    [calls, self].every(isIndex) &&
    (own === undefined || own === true)
  );
}

function byName(a: Named, b: Named): number {
  return order(a.name, b.name) || order(a.file ?? '', b.file ?? '');
}

type Named = Pick<BaselineFunction, 'name' | 'file'>;

/** By code units, which no machine's language changes. */
function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
