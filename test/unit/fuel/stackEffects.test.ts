import assert from 'node:assert/strict';
import { immediates, operators, tableIndex } from '../../../src/fuel/opcodes.ts';
import { stackEffects } from '../../../src/fuel/stackEffects.ts';

/** The bytes of an operator, with immediates that every one of its kind takes; `local` is an i32. */
function bytesOf(
  { prefix, opcode, immediates: kind, name }: (typeof operators)[number],
  local: number,
): number[] {
  const leb = opcode < 0x80 ? [opcode] : [(opcode & 0x7f) | 0x80, opcode >> 7];
  return [...(prefix === 0 ? [opcode] : [prefix, ...leb]), ...operandsOf(kind, name, local)];
}

function operandsOf(kind: number, name: string, local: number): number[] {
  switch (kind) {
    case immediates.none:
      return [];
    case immediates.local:
      return [local];
    case immediates.memoryAccess:
      return [0, 0];
    case immediates.memoryLane:
      return [0, 0, 0];
    case immediates.f32:
      return [0, 0, 0, 0];
    case immediates.f64:
      return new Array<number>(8).fill(0);
    case immediates.v128:
      return new Array<number>(16).fill(0);
    case immediates.sizedPair:
      return [0, 0];
    case immediates.valueTypes:
      return [1, 0x7f];
    case immediates.refNull:
      return [0x70];
    case immediates.global:
      return [name === 'global.set' ? 1 : 0];
    default:
      return [0];
  }
}

const types = [0x7f, 0x7e, 0x7d, 0x7c, 0x7b, 0x70];
const control = /^(block|loop|if|else|end|br|br_if|br_table|return|unreachable|call|return_call)|_indirect$/;

/** A function of type `(param p…) (result r…)` whose body hands its parameters to the operator. */
function isValid(operator: (typeof operators)[number], parameters: number[], results: number[]): boolean {
  const body = [
    1,
    1,
    0x7f,
    ...parameters.flatMap((_, n) => [0x20, n]),
    ...bytesOf(operator, parameters.length),
    0x0b,
  ];
  const section = (id: number, ...contents: number[]) => [id, contents.length, ...contents];
  return WebAssembly.validate(
    Uint8Array.from([
      ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      ...section(1, 1, 0x60, parameters.length, ...parameters, results.length, ...results),
      ...section(3, 1, 0),
      ...section(4, 1, 0x70, 0, 1),
      ...section(5, 1, 0, 1),
      ...section(6, 2, 0x7f, 0, 0x41, 0, 0x0b, 0x7f, 1, 0x41, 0, 0x0b),
      ...section(9, 1, 5, 0x70, 1, 0xd2, 0, 0x0b),
      ...section(12, 1),
      ...section(10, 1, body.length, ...body),
      ...section(11, 1, 1, 0),
    ]),
  );
}

/** All lists of `length` types. */
function* lists(length: number): Generator<number[]> {
  if (length === 0) yield [];
  else for (const first of types) for (const rest of lists(length - 1)) yield [first, ...rest];
}

describe('Fuel: what operators take from the stack and leave on it', () => {
  it('is what V8 says of every operator', () => {
    for (const operator of operators.filter(({ name }) => !control.test(name))) {
      const index = tableIndex(operator.prefix, operator.opcode);
      const [pops, pushes] = [stackEffects.pops[index]!, stackEffects.pushes[index]!];
      const fits = [...lists(pops)].some((parameters) =>
        [...lists(pushes)].some((results) => isValid(operator, parameters, results)),
      );
      assert.ok(fits, `${operator.name}: ${pops} to ${pushes}`);
    }
  });
});
