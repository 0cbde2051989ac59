import type { CodeOrigin, Profile } from '../shared/profile.ts';
import { originOf } from './origin.ts';
import { stablePath } from './stablePath.ts';

/** A number of two runs. */
export interface Change {
  readonly before: number;
  readonly after: number;
  /** `after - before`: positive where it got dearer. */
  readonly difference: number;
  /** The difference as a share of `before`; null where there was nothing before. */
  readonly share: number | null;
}

/** What a function or a line is known by in both runs. */
export interface ComparedPlace {
  /** Of a function; null for a line. */
  readonly name: string | null;
  /** The same on every machine; null where it is not known. */
  readonly file: string | null;
  /** As of the later run that has it; null without line tables. */
  readonly line: number | null;
  readonly origin: CodeOrigin;
}

export interface FunctionChange extends ComparedPlace {
  readonly self: Change;
  readonly total: Change;
  readonly calls: Change;
}

export interface LineChange extends ComparedPlace {
  readonly self: Change;
}

/** What changed between two profiles. What costs the same in both is left out. */
export interface ProfileComparison {
  /** Why the numbers can't be held against each other; null where they can. */
  readonly incomparable: string | null;
  readonly fuel: Change;
  /** The largest difference of `self` first, whether dearer or cheaper. */
  readonly functions: readonly FunctionChange[];
  /** By the number of the line in each run: an edit above a line moves what it cost to another. */
  readonly lines: readonly LineChange[];
}

/** Of each run: what is compared, and the folders that its own sources lie in, for names without them. */
export interface ComparedProfile {
  readonly profile: Profile;
  readonly folders?: readonly string[];
}

/** Compares where the fuel of two runs went, by function and by line. */
export function compareProfiles(before: ComparedProfile, after: ComparedProfile): ProfileComparison {
  const models = [before.profile.fuelModel, after.profile.fuelModel];
  const functions = pairs(functionsOf(before), functionsOf(after)).map(([one, other]) => ({
    ...(other ?? one)!.place,
    self: changeOf(one?.self, other?.self),
    total: changeOf(one?.total, other?.total),
    calls: changeOf(one?.calls, other?.calls),
  }));
  const lines = pairs(linesOf(before), linesOf(after)).map(([one, other]) => ({
    ...(other ?? one)!.place,
    self: changeOf(one?.self, other?.self),
  }));
  return {
    incomparable: models[0] === models[1] ? null : `The fuel models differ: ${models.join(' and ')}.`,
    fuel: changeOf(before.profile.fuel, after.profile.fuel),
    functions: largestFirst(
      functions.filter(({ self, total, calls }) => self.difference || total.difference || calls.difference),
    ),
    lines: largestFirst(lines.filter(({ self }) => self.difference)),
  };
}

export function changeOf(before = 0, after = 0): Change {
  const difference = after - before;
  return { before, after, difference, share: before === 0 ? null : difference / before };
}

interface Costs {
  readonly place: ComparedPlace;
  self: number;
  total: number;
  calls: number;
}

/** By name and file: lines move with each edit, and what is called the same in one file counts as one. */
function functionsOf({ profile, folders }: ComparedProfile): Map<string, Costs> {
  const all = new Map<string, Costs>();
  for (const { name, file, line, self, total, calls } of profile.functions) {
    const place = { name, ...fileOf(file, folders), line };
    const known = all.get(`${name} ${place.file}`);
    if (known === undefined) all.set(`${name} ${place.file}`, { place, self, total, calls });
    else {
      known.self += self;
      known.total += total;
      known.calls += calls;
    }
  }
  return all;
}

function linesOf({ profile, folders }: ComparedProfile): Map<string, Costs> {
  const all = new Map<string, Costs>();
  for (const { file, line, self } of profile.lines) {
    const place = { name: null, ...fileOf(file, folders), line };
    const known = all.get(`${line} ${place.file}`);
    if (known === undefined) all.set(`${line} ${place.file}`, { place, self, total: 0, calls: 0 });
    else known.self += self;
  }
  return all;
}

function fileOf(
  file: string | null,
  folders: readonly string[] = [],
): Pick<ComparedPlace, 'file' | 'origin'> {
  return { file: file === null ? null : stablePath(file, folders), origin: originOf(file).origin };
}

function pairs(one: Map<string, Costs>, other: Map<string, Costs>): [Costs | undefined, Costs | undefined][] {
  return [...new Set([...one.keys(), ...other.keys()])].map((key) => [one.get(key), other.get(key)]);
}

function largestFirst<T extends { readonly self: Change }>(changes: readonly T[]): T[] {
  return [...changes].sort((a, b) => Math.abs(b.self.difference) - Math.abs(a.self.difference));
}
