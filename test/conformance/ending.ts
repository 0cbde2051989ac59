import { GuestExit } from '../../src/executor/guest.ts';
import { type ErrorCode, WorkbenchError } from '../../src/shared/workbenchError.ts';
import type { Ending } from './outcome.ts';

/** V8's texts for traps, in the oracles' names; where V8 does not tell two apart, `sameInV8` doesn't either. */
const traps: readonly (readonly [text: RegExp, kind: string])[] = [
  [/memory access out of bounds|data segment/, 'memory-out-of-bounds'],
  [/table index is out of bounds|table access|element segment|table initializer/, 'table-out-of-bounds'],
  [/null function or function signature mismatch/, 'bad-signature'],
  [/dereferencing a null pointer/, 'null-reference'],
  [/unrepresentable/, 'integer-overflow'],
  [/divide by zero|remainder by zero/, 'integer-divide-by-zero'],
  [/unreachable/, 'unreachable'],
];

const refusals: Partial<Record<ErrorCode, string>> = {
  'invalid-wasm': 'invalid',
  'unsupported-proposal': 'invalid',
  'missing-import': 'link',
  'memory-minimum-over-limit': 'memory-limit',
};

/** How something that was thrown ended a run, in the oracles' terms. */
export function endingOf(thrown: unknown, outOfFuel: boolean): Ending {
  if (thrown instanceof GuestExit) return { kind: 'exit', exitCode: thrown.code, detail: null };
  return { kind: outOfFuel ? 'out-of-fuel' : kindOf(thrown), exitCode: null, detail: String(thrown) };
}

function kindOf(thrown: unknown): string {
  if (thrown instanceof WorkbenchError) return refusals[thrown.value.code] ?? thrown.value.code;
  // JavaScript's API says so where a whole namespace is missing.
  const noNamespace = thrown instanceof TypeError && thrown.message.includes('Import #');
  if (thrown instanceof WebAssembly.LinkError || noNamespace) return 'link';
  if (thrown instanceof WebAssembly.CompileError) return 'invalid';
  if (thrown instanceof RangeError) return 'stack-overflow';
  if (!(thrown instanceof Error)) return 'other';
  return traps.find(([text]) => text.test(thrown.message))?.[1] ?? 'other';
}
