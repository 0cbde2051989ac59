import { assemble } from '../wat.ts';
import type { Program } from '../program.ts';
import { type OperandType, samples } from './samples.ts';

/** One operator with typed operands, and what its program tries it on. */
export interface Operator {
  readonly name: string;
  /** With its immediates, as WAT has it; the name where it is left out. */
  readonly text?: string;
  readonly operands: readonly OperandType[];
  readonly result: OperandType | null;
  /** One list for each operand, in place of the samples of its type. */
  readonly values?: readonly (readonly string[])[];
}

/** Parses lines such as `i32.add i32 i32 -> i32`. */
export function operators(table: string): Operator[] {
  return table
    .trim()
    .split('\n')
    .map((line) => {
      const [left, right] = line.split('->');
      const [name, ...operands] = left!.trim().split(/\s+/) as [string, ...OperandType[]];
      return { name, operands, result: (right?.trim() ?? null) as OperandType | null };
    });
}

const mostCombinations = 64;
const bytesPerResult = 16;

/**
 * A program that executes an operator on every combination of its operands' samples, each in an exported function
 * of its own, so that a trap ends one call only. Results go to memory, which is compared with the fuel of each call.
 */
export async function operatorProgram(operator: Operator): Promise<Program> {
  const lists = operator.values ?? operator.operands.map((type) => samples[type]);
  const combinations = thinned(lists.reduce<string[][]>(crossed, [[]]));
  const functions = combinations.map((operands, index) => {
    const applied = `(${operator.text ?? operator.name} ${operands.join(' ')})`;
    return `(func (export "${index}") ${stored(operator, applied, index * bytesPerResult)})`;
  });
  const wat = `(module (memory (export "memory") 1) ${filled} ${canonicalNans} ${functions.join('\n')})`;
  return {
    name: `operators/${operator.name}`,
    kind: 'core',
    modules: [{ name: 'operator', bytes: await assemble(operator.name, wat) }],
    calls: combinations.map((_, index) => ({ export: String(index) })),
  };
}

function crossed(lists: string[][], values: readonly string[]): string[][] {
  return lists.flatMap((list) => values.map((value) => [...list, value]));
}

/** Evenly spread over all, the first included. */
function thinned<T>(all: T[]): T[] {
  if (all.length <= mostCombinations) return all;
  // Coprime to the lengths of the lists, so that no operand is met with one partner only.
  const step = Math.floor(all.length / mostCombinations) | 1;
  return all.filter((_, index) => index % step === 0);
}

/** For loads, at both ends of the page; no part of it is a NaN. */
const filled = [0, 65_500]
  .map(
    (at) =>
      `(data (i32.const ${at}) "\\10\\81\\32\\c3\\54\\05\\76\\97\\18\\29\\fa\\0b\\cc\\3d\\1e\\2f 0123456789abcdefghi")`,
  )
  .join(' ');

/** The bits of a NaN are not defined, so they are made the same before they are stored. */
const canonicalNans = `
  (func $f32 (param f32) (result f32)
    (select (local.get 0) (f32.const nan) (f32.eq (local.get 0) (local.get 0))))
  (func $f64 (param f64) (result f64)
    (select (local.get 0) (f64.const nan) (f64.eq (local.get 0) (local.get 0))))
  (func $f32x4 (param v128) (result v128)
    (v128.bitselect (local.get 0) (v128.const f32x4 nan nan nan nan) (f32x4.eq (local.get 0) (local.get 0))))
  (func $f64x2 (param v128) (result v128)
    (v128.bitselect (local.get 0) (v128.const f64x2 nan nan) (f64x2.eq (local.get 0) (local.get 0))))`;

function stored({ name, result }: Operator, applied: string, at: number): string {
  if (result === null) return applied;
  const shape = name.split('.')[0]!;
  const canonical = result === 'v128' ? (/^f(32x4|64x2)$/.test(shape) ? shape : null) : result;
  const value = canonical?.startsWith('f') === true ? `(call $${canonical} ${applied})` : applied;
  return `(${result}.store offset=${at} (i32.const 0) ${value})`;
}
