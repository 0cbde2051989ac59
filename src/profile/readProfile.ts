import { defaultFuelModel, isFuelModel } from '../shared/fuelModel.ts';
import type {
  CodeOrigin,
  Profile,
  ProfiledFunction,
  ProfiledGrowth,
  ProfiledHostCall,
  ProfiledStack,
} from '../shared/profile.ts';
import { isIndex, isRecord } from '../shared/shapes.ts';
import { WorkbenchError } from '../shared/workbenchError.ts';
import { originOf } from './origin.ts';
import { Sums } from './sums.ts';

/**
 * Reads a profile that was saved: as JSON, ours or speedscope's, or as folded stacks. Stacks of ours have names only:
 * where functions share one, the dearest stands for all. The other two have neither calls nor lines, which are 0 and
 * empty then, and folded stacks no files.
 *
 * @throws WorkbenchError `usage` for anything else
 */
export function readProfile(text: string): Profile {
  const value = parsed(text);
  const profile = isRecord(value) ? (own(value) ?? speedscope(value)) : folded(text);
  if (profile !== null) return profile;
  throw new WorkbenchError('usage', 'This file is no profile.', {
    hint: 'Open a .json, .speedscope.json or .folded that WASI Workbench saved.',
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

type Rows = readonly Record<string, unknown>[];

function own(value: Record<string, unknown>): Profile | null {
  const {
    fuel,
    fuelModel,
    uncounted = 0,
    unattributed,
    functions,
    lines,
    stacks,
    crates,
    hostCalls,
    growths,
  } = value;
  if (!isIndex(fuel) || !isIndex(uncounted) || !isIndex(unattributed)) return null;
  if (typeof fuelModel !== 'string' || !isFuelModel(fuelModel)) return null;
  if (!rows(functions, isFunction) || !rows(lines, isLine) || !rows(crates, isCrate)) return null;
  if (!rows(stacks, ({ frames, self }) => Array.isArray(frames) && isIndex(self))) return null;
  const known = functions as unknown as readonly ProfiledFunction[];
  const positions = new Map<unknown, number>();
  known.forEach(({ name }, n) => {
    if (!positions.has(name)) positions.set(name, n);
  });
  return {
    fuel,
    fuelModel,
    uncounted,
    unattributed,
    functions: known,
    // An older file has no totals.
    lines: (lines as unknown as Profile['lines']).map((line) => ({ ...line, total: totalOf(line) })),
    crates: crates as unknown as Profile['crates'],
    ...(rows(hostCalls, isHostCall) ? { hostCalls: hostCalls as unknown as ProfiledHostCall[] } : {}),
    ...(rows(growths, (row) => isGrowth(row, functions.length))
      ? { growths: growths as unknown as ProfiledGrowth[] }
      : {}),
    stacks: stacks.map(({ frames, self, calls }) => ({
      frames: (frames as unknown[]).flatMap((name) => positions.get(name) ?? []),
      self: self as number,
      calls: isIndex(calls) ? calls : 0,
    })),
  };
}

function isFunction({ name, file, line, calls, self, total }: Record<string, unknown>): boolean {
  return (
    typeof name === 'string' &&
    isFile(file) &&
    (line === null || isIndex(line)) &&
    [calls, self, total].every(isIndex)
  );
}

function totalOf({ self, total }: { readonly self: number; readonly total?: unknown }): number {
  return isIndex(total) ? total : self;
}

function isLine({ file, line, self }: Record<string, unknown>): boolean {
  return typeof file === 'string' && isIndex(line) && isIndex(self);
}

function isCrate({ origin, name, self }: Record<string, unknown>): boolean {
  const origins: readonly unknown[] = ['yours', 'dependency', 'std', 'unknown'] satisfies CodeOrigin[];
  return origins.includes(origin) && typeof name === 'string' && isIndex(self);
}

function isHostCall({ name, count, bytes, ms }: Record<string, unknown>): boolean {
  return typeof name === 'string' && isIndex(count) && isIndex(bytes) && typeof ms === 'number';
}

function isGrowth({ fuel, bytes, function: at }: Record<string, unknown>, functions: number): boolean {
  return isIndex(fuel) && isIndex(bytes) && isIndex(at) && at < functions;
}

function isFile(value: unknown): boolean {
  return value === null || typeof value === 'string';
}

function rows(value: unknown, isRow: (row: Record<string, unknown>) => boolean): value is Rows {
  return Array.isArray(value) && value.every((row) => isRecord(row) && isRow(row));
}

function speedscope({ shared, profiles }: Record<string, unknown>): Profile | null {
  const frames = isRecord(shared) ? shared['frames'] : null;
  const sampled: unknown = Array.isArray(profiles) ? profiles[0] : null;
  if (!isRecord(sampled) || !rows(frames, ({ name }) => typeof name === 'string')) return null;
  const { samples, weights, name } = sampled;
  if (!Array.isArray(samples) || !Array.isArray(weights) || !weights.every(isIndex)) return null;
  if (!samples.every((one) => Array.isArray(one) && one.every((at) => isIndex(at) && at < frames.length)))
    return null;
  const stacks: ProfiledStack[] = (samples as number[][]).map((one, n) => {
    return { frames: one, self: weights[n] ?? 0, calls: 0 };
  });
  const model = typeof name === 'string' ? /\((wasmtime-\w+)\)$/.exec(name)?.[1] : undefined;
  return fromStacks(frames, stacks, model !== undefined && isFuelModel(model) ? model : defaultFuelModel);
}

function folded(text: string): Profile | null {
  const positions = new Map<string, number>();
  const stacks: ProfiledStack[] = [];
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const [, names, self] = /^(.+) (\d+)$/.exec(line) ?? [];
    if (names === undefined) return null;
    const frames = names.split(';').map((name) => {
      const at = positions.get(name) ?? positions.size;
      positions.set(name, at);
      return at;
    });
    stacks.push({ frames, self: Number(self), calls: 0 });
  }
  if (stacks.length === 0) return null;
  return fromStacks(
    [...positions.keys()].map((name) => ({ name })),
    stacks,
    defaultFuelModel,
  );
}

/** The functions' and crates' costs, from the stacks alone. */
function fromStacks(
  frames: Rows,
  stacks: readonly ProfiledStack[],
  fuelModel: Profile['fuelModel'],
): Profile {
  const costs = frames.map(({ name, file, line }) => ({
    name: String(name),
    file: typeof file === 'string' ? file : null,
    line: isIndex(line) ? line : null,
    calls: 0,
    self: 0,
    total: 0,
  }));
  const crates = new Sums<{ readonly origin: CodeOrigin; readonly name: string }>();
  let fuel = 0;
  for (const { frames: stack, self } of stacks) {
    const innermost = costs[stack.at(-1) ?? -1];
    if (innermost === undefined) continue;
    innermost.self += self;
    for (const at of new Set(stack)) costs[at]!.total += self;
    fuel += self;
    const of = originOf(innermost.file);
    crates.add(`${of.origin} ${of.name}`, () => of, self);
  }
  return {
    fuel,
    fuelModel,
    uncounted: 0,
    unattributed: fuel,
    functions: costs,
    lines: [],
    crates: crates.all.map(({ of, sum }) => ({ ...of, self: sum })),
    stacks,
  };
}
