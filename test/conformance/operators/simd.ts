import type { Operator } from './operator.ts';
import { type OperandType, samples } from './samples.ts';

type Shape = 'i8x16' | 'i16x8' | 'i32x4' | 'i64x2' | 'f32x4' | 'f64x2';
const lanes: Readonly<Record<Shape, number>> = {
  i8x16: 16,
  i16x8: 8,
  i32x4: 4,
  i64x2: 2,
  f32x4: 4,
  f64x2: 2,
};
const laneType: Readonly<Record<Shape, OperandType>> = {
  i8x16: 'i32',
  i16x8: 'i32',
  i32x4: 'i32',
  i64x2: 'i64',
  f32x4: 'f32',
  f64x2: 'f64',
};

function vector(names: string, arity: number, result: OperandType = 'v128'): Operator[] {
  const operands = Array<OperandType>(arity).fill('v128');
  return names
    .trim()
    .split(/\s+/)
    .map((name) => ({ name, operands, result }));
}

const shifts = (['i8x16', 'i16x8', 'i32x4', 'i64x2'] as const).flatMap((shape) =>
  ['shl', 'shr_s', 'shr_u'].map((name): Operator => ({
    name: `${shape}.${name}`,
    operands: ['v128', 'i32'],
    result: 'v128',
  })),
);

const laneOperators = (Object.keys(lanes) as Shape[]).flatMap((shape): Operator[] => {
  const last = lanes[shape] - 1;
  const type = laneType[shape];
  const extracts =
    type === 'i32' && shape !== 'i32x4' ? ['extract_lane_s', 'extract_lane_u'] : ['extract_lane'];
  // A NaN's bits may change on the way through a scalar, so float lanes are taken from vectors without one.
  const vectors = shape.startsWith('f')
    ? ['(v128.const f32x4 0 -0 1.5 -2.5)', '(v128.const f64x2 1.5 -2.5)']
    : samples.v128;
  const scalars = samples[type].filter((text) => !text.includes('nan'));
  return [
    ...extracts.map((name) => ({
      name: `${shape}.${name}`,
      text: `${shape}.${name} ${last}`,
      operands: ['v128'] as const,
      result: type,
      values: [vectors],
    })),
    {
      name: `${shape}.replace_lane`,
      text: `${shape}.replace_lane ${last}`,
      operands: ['v128', type],
      result: 'v128',
      values: [vectors, scalars],
    },
    { name: `${shape}.splat`, operands: [type], result: 'v128', values: [scalars] },
  ];
});

const unary = vector(
  `v128.not
  i8x16.abs i8x16.neg i8x16.popcnt i16x8.abs i16x8.neg i32x4.abs i32x4.neg i64x2.abs i64x2.neg
  i16x8.extadd_pairwise_i8x16_s i16x8.extadd_pairwise_i8x16_u i32x4.extadd_pairwise_i16x8_s i32x4.extadd_pairwise_i16x8_u
  i16x8.extend_low_i8x16_s i16x8.extend_high_i8x16_s i16x8.extend_low_i8x16_u i16x8.extend_high_i8x16_u
  i32x4.extend_low_i16x8_s i32x4.extend_high_i16x8_s i32x4.extend_low_i16x8_u i32x4.extend_high_i16x8_u
  i64x2.extend_low_i32x4_s i64x2.extend_high_i32x4_s i64x2.extend_low_i32x4_u i64x2.extend_high_i32x4_u
  f32x4.ceil f32x4.floor f32x4.trunc f32x4.nearest f32x4.abs f32x4.neg f32x4.sqrt
  f64x2.ceil f64x2.floor f64x2.trunc f64x2.nearest f64x2.abs f64x2.neg f64x2.sqrt
  i32x4.trunc_sat_f32x4_s i32x4.trunc_sat_f32x4_u f32x4.convert_i32x4_s f32x4.convert_i32x4_u
  i32x4.trunc_sat_f64x2_s_zero i32x4.trunc_sat_f64x2_u_zero f64x2.convert_low_i32x4_s f64x2.convert_low_i32x4_u
  f32x4.demote_f64x2_zero f64x2.promote_low_f32x4`,
  1,
);

const binary = vector(
  `v128.and v128.andnot v128.or v128.xor i8x16.swizzle
  i8x16.add i8x16.add_sat_s i8x16.add_sat_u i8x16.sub i8x16.sub_sat_s i8x16.sub_sat_u
  i8x16.min_s i8x16.min_u i8x16.max_s i8x16.max_u i8x16.avgr_u i8x16.narrow_i16x8_s i8x16.narrow_i16x8_u
  i8x16.eq i8x16.ne i8x16.lt_s i8x16.lt_u i8x16.gt_s i8x16.gt_u i8x16.le_s i8x16.le_u i8x16.ge_s i8x16.ge_u
  i16x8.add i16x8.add_sat_s i16x8.add_sat_u i16x8.sub i16x8.sub_sat_s i16x8.sub_sat_u i16x8.mul i16x8.q15mulr_sat_s
  i16x8.min_s i16x8.min_u i16x8.max_s i16x8.max_u i16x8.avgr_u i16x8.narrow_i32x4_s i16x8.narrow_i32x4_u
  i16x8.extmul_low_i8x16_s i16x8.extmul_high_i8x16_s i16x8.extmul_low_i8x16_u i16x8.extmul_high_i8x16_u
  i16x8.eq i16x8.ne i16x8.lt_s i16x8.lt_u i16x8.gt_s i16x8.gt_u i16x8.le_s i16x8.le_u i16x8.ge_s i16x8.ge_u
  i32x4.add i32x4.sub i32x4.mul i32x4.min_s i32x4.min_u i32x4.max_s i32x4.max_u i32x4.dot_i16x8_s
  i32x4.extmul_low_i16x8_s i32x4.extmul_high_i16x8_s i32x4.extmul_low_i16x8_u i32x4.extmul_high_i16x8_u
  i32x4.eq i32x4.ne i32x4.lt_s i32x4.lt_u i32x4.gt_s i32x4.gt_u i32x4.le_s i32x4.le_u i32x4.ge_s i32x4.ge_u
  i64x2.add i64x2.sub i64x2.mul i64x2.eq i64x2.ne i64x2.lt_s i64x2.gt_s i64x2.le_s i64x2.ge_s
  i64x2.extmul_low_i32x4_s i64x2.extmul_high_i32x4_s i64x2.extmul_low_i32x4_u i64x2.extmul_high_i32x4_u
  f32x4.eq f32x4.ne f32x4.lt f32x4.gt f32x4.le f32x4.ge
  f32x4.add f32x4.sub f32x4.mul f32x4.div f32x4.min f32x4.max f32x4.pmin f32x4.pmax
  f64x2.eq f64x2.ne f64x2.lt f64x2.gt f64x2.le f64x2.ge
  f64x2.add f64x2.sub f64x2.mul f64x2.div f64x2.min f64x2.max f64x2.pmin f64x2.pmax`,
  2,
);

const tests = vector(
  `v128.any_true i8x16.all_true i8x16.bitmask i16x8.all_true i16x8.bitmask
  i32x4.all_true i32x4.bitmask i64x2.all_true i64x2.bitmask`,
  1,
  'i32',
);

const shuffle: Operator = {
  name: 'i8x16.shuffle',
  text: 'i8x16.shuffle 0 31 2 29 4 27 6 25 8 23 10 21 12 19 14 17',
  operands: ['v128', 'v128'],
  result: 'v128',
};

/** What these give is up to the engine for some operands; the ones here are defined. */
function relaxed(names: string, ...values: string[][]): Operator[] {
  const operands = values.map((): OperandType => 'v128');
  const constants = values.map((list) => list.map((text) => `(v128.const ${text})`));
  return names.split(' ').map((name) => ({ name, operands, result: 'v128', values: constants }));
}

const exact = ['f32x4 1 -2 3 4', 'f32x4 8 0.5 2 -16'];
const exactWide = ['f64x2 1 -2', 'f64x2 8 0.5'];

const bytes = [
  'i8x16 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15',
  'i8x16 -1 -2 -3 4 5 6 7 8 9 10 11 12 13 -14 15 16',
];
const indices = ['i8x16 15 14 13 12 11 10 9 8 7 6 5 4 3 2 1 0'];
const sevenBits = ['i8x16 127 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15'];

const relaxedOperators = [
  ...relaxed('i8x16.relaxed_swizzle', bytes, indices),
  ...relaxed('i32x4.relaxed_trunc_f32x4_s i32x4.relaxed_trunc_f32x4_u', [
    'f32x4 1.5 2 3.9 100',
    'f32x4 0 7 8 9',
  ]),
  ...relaxed('i32x4.relaxed_trunc_f64x2_s_zero i32x4.relaxed_trunc_f64x2_u_zero', [
    'f64x2 1.5 2',
    'f64x2 0 1e6',
  ]),
  ...relaxed('f32x4.relaxed_madd f32x4.relaxed_nmadd', exact, exact, exact),
  ...relaxed('f64x2.relaxed_madd f64x2.relaxed_nmadd', exactWide, exactWide, exactWide),
  ...relaxed(
    'i8x16.relaxed_laneselect i16x8.relaxed_laneselect i32x4.relaxed_laneselect i64x2.relaxed_laneselect',
    bytes,
    indices,
    ['i64x2 -1 0'],
  ),
  ...relaxed('f32x4.relaxed_min f32x4.relaxed_max', exact, exact),
  ...relaxed('f64x2.relaxed_min f64x2.relaxed_max', exactWide, exactWide),
  ...relaxed('i16x8.relaxed_q15mulr_s', bytes, indices),
  ...relaxed('i16x8.relaxed_dot_i8x16_i7x16_s', bytes, sevenBits),
  ...relaxed('i32x4.relaxed_dot_i8x16_i7x16_add_s', bytes, sevenBits, ['i32x4 1 2 3 4']),
];

export const simdOperators: readonly Operator[] = [
  ...unary,
  ...binary,
  ...vector('v128.bitselect', 3),
  ...tests,
  ...shifts,
  ...laneOperators,
  shuffle,
  ...relaxedOperators,
];
