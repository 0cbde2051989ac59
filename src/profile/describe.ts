import type { ModuleCounts } from '../fuel/profile/counts.ts';
import { demangle } from '../rust/demangle.ts';
import type { ProfiledFunction } from '../shared/profile.ts';
import type { DebugInfo } from '../wasm/dwarf/debugInfo.ts';
import { readFunctionNames } from '../wasm/functionNames.ts';

/** What identifies a function to a person; copies of a generic one that are called the same are one. */
export type FunctionIdentity = Pick<ProfiledFunction, 'name' | 'file' | 'line'>;

/**
 * Offset of a defined function's start as line tables have it: some begin at its first operator, and not at the locals
 * before it.
 */
export function beginning(
  { bodies, firstOperators }: ModuleCounts['points'],
  info: DebugInfo | null,
  index: number,
): number {
  const start = bodies[index]!;
  return info?.place(start) ? start : firstOperators[index]!;
}

/** Returns what names a module's defined functions, by their index among these. */
export function functionDescriber(
  { bytes, points, firstFunction }: ModuleCounts,
  info: DebugInfo | null,
): (index: number) => FunctionIdentity {
  const names = readFunctionNames(bytes);
  return (index) => {
    const own = info?.frames(beginning(points, info, index)).at(-1);
    const number = firstFunction + index;
    const name = names.get(number) ?? own?.function ?? null;
    const place = own?.place ?? null;
    return {
      name: name === null ? `wasm-function[${number}]` : demangle(name),
      file: place?.file ?? null,
      line: place === null || place.line === 0 ? null : place.line,
    };
  };
}
