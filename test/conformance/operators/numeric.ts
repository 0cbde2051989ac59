import { type Operator, operators } from './operator.ts';
import type { OperandType } from './samples.ts';

const words = (text: string) => text.split(' ');

function all(
  type: OperandType,
  names: string,
  operands: readonly OperandType[],
  result: OperandType,
): Operator[] {
  return words(names).map((name) => ({ name: `${type}.${name}`, operands, result }));
}

const integerBinary = 'add sub mul div_s div_u rem_s rem_u and or xor shl shr_s shr_u rotl rotr';
const integerCompare = 'eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u';
const floatUnary = 'abs neg ceil floor trunc nearest sqrt';
const floatBinary = 'add sub mul div min max copysign';
const floatCompare = 'eq ne lt gt le ge';

const integers = (['i32', 'i64'] as const).flatMap((type) => [
  ...all(type, 'clz ctz popcnt extend8_s extend16_s', [type], type),
  ...all(type, 'eqz', [type], 'i32'),
  ...all(type, integerBinary, [type, type], type),
  ...all(type, integerCompare, [type, type], 'i32'),
]);

const floats = (['f32', 'f64'] as const).flatMap((type) => [
  ...all(type, floatUnary, [type], type),
  ...all(type, floatBinary, [type, type], type),
  ...all(type, floatCompare, [type, type], 'i32'),
]);

const truncations = (['i32', 'i64'] as const).flatMap((to) =>
  (['f32', 'f64'] as const).flatMap((from) =>
    all(to, `trunc_${from}_s trunc_${from}_u trunc_sat_${from}_s trunc_sat_${from}_u`, [from], to),
  ),
);

const conversions = [
  ...operators(`
i32.wrap_i64 i64 -> i32
i64.extend_i32_s i32 -> i64
i64.extend_i32_u i32 -> i64
i64.extend32_s i64 -> i64
f32.demote_f64 f64 -> f32
f64.promote_f32 f32 -> f64
i32.reinterpret_f32 f32 -> i32
i64.reinterpret_f64 f64 -> i64
f32.reinterpret_i32 i32 -> f32
f64.reinterpret_i64 i64 -> f64`),
  ...(['f32', 'f64'] as const).flatMap((to) =>
    (['i32', 'i64'] as const).flatMap((from) => all(to, `convert_${from}_s convert_${from}_u`, [from], to)),
  ),
].map((operator) =>
  // A NaN's bits must not reach an integer.
  operator.name.includes('reinterpret_f')
    ? {
        ...operator,
        values: [[`(${operator.operands[0]!}.const 1.5)`, `(${operator.operands[0]!}.const -inf)`]],
      }
    : operator,
);

export const numericOperators: readonly Operator[] = [...integers, ...floats, ...truncations, ...conversions];
