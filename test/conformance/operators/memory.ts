import type { Operator } from './operator.ts';
import { type OperandType, samples } from './samples.ts';

/** In bounds, across the end of the page by a byte, far out. */
const addresses = ['0', '5', '65518', '65528', '65535', '65536', '-1'].map((text) => `(i32.const ${text})`);

function accesses(type: OperandType, loads: string, stores: string): Operator[] {
  return [
    ...loads.split(' ').map((name): Operator => ({
      name: `${type}.${name}`,
      text: `${type}.${name} offset=3`,
      operands: ['i32'],
      result: type,
      values: [addresses],
    })),
    ...stores.split(' ').map((name): Operator => ({
      name: `${type}.${name}`,
      text: `${type}.${name} offset=3`,
      operands: ['i32', type],
      result: null,
      values: [addresses, samples[type].filter((text) => !text.includes('nan'))],
    })),
  ];
}

const laneAccesses = [8, 16, 32, 64].flatMap((bits): Operator[] => {
  const lane = 128 / bits - 1;
  const values = [addresses, samples.v128.slice(1, 3)];
  return [
    {
      name: `v128.load${bits}_lane`,
      text: `v128.load${bits}_lane offset=3 ${lane}`,
      operands: ['i32', 'v128'],
      result: 'v128',
      values,
    },
    {
      name: `v128.store${bits}_lane`,
      text: `v128.store${bits}_lane offset=3 ${lane}`,
      operands: ['i32', 'v128'],
      result: null,
      values,
    },
  ];
});

export const memoryOperators: readonly Operator[] = [
  ...accesses('i32', 'load load8_s load8_u load16_s load16_u', 'store store8 store16'),
  ...accesses(
    'i64',
    'load load8_s load8_u load16_s load16_u load32_s load32_u',
    'store store8 store16 store32',
  ),
  ...accesses('f32', 'load', 'store'),
  ...accesses('f64', 'load', 'store'),
  ...accesses(
    'v128',
    'load load8x8_s load8x8_u load16x4_s load16x4_u load32x2_s load32x2_u load8_splat load16_splat load32_splat load64_splat load32_zero load64_zero',
    'store',
  ),
  ...laneAccesses,
];
