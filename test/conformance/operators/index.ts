import type { Program } from '../program.ts';
import { memoryOperators } from './memory.ts';
import { numericOperators } from './numeric.ts';
import { type Operator, operatorProgram } from './operator.ts';
import { simdOperators } from './simd.ts';

const all: readonly Operator[] = [...numericOperators, ...memoryOperators, ...simdOperators];

/** One program for each operator that takes typed operands; the shapes have the others. */
export async function operatorPrograms(): Promise<Program[]> {
  return Promise.all(all.map(operatorProgram));
}
