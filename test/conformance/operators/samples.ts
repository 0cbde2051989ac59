/** Operands that lie on the edges of their type, as WAT constants. */
export type OperandType = 'i32' | 'i64' | 'f32' | 'f64' | 'v128';

const i32 = ['0', '1', '-1', '7', '31', '0x7fffffff', '0x80000000', '0xdeadbeef'];
const i64 = ['0', '1', '-1', '63', '0x7fffffffffffffff', '0x8000000000000000', '0x123456789abcdef0'];
const floats = ['0', '-0', '1', '-2.5', '0.5', 'inf', '-inf', 'nan'];
const f32 = [...floats, '0x1p-149', '0x1.fffffep127', '2147483648', '-2147483649'];
const f64 = [...floats, '0x1p-1074', '0x1.fffffffffffffp1023', '9223372036854775808', '4294967296'];
const v128 = [
  'i32x4 0 0 0 0',
  'i8x16 0 1 2 3 -1 -2 127 -128 64 85 -86 15 16 7 31 100',
  'i16x8 0 1 -1 32767 -32768 255 256 4660',
  'i32x4 1 -1 0x7fffffff 0x80000000',
  'i64x2 0x7fffffffffffffff 0x8000000000000000',
  'f32x4 0 -0 1.5 -2.5',
  'f32x4 inf -inf nan 0x1p-149',
  'f32x4 3e9 -3e9 16777217 0.4',
  'f64x2 1.5 -2.5',
  'f64x2 inf nan',
  'f64x2 5e9 -5e9',
];

export const samples: Readonly<Record<OperandType, readonly string[]>> = {
  i32: i32.map((text) => `(i32.const ${text})`),
  i64: i64.map((text) => `(i64.const ${text})`),
  f32: f32.map((text) => `(f32.const ${text})`),
  f64: f64.map((text) => `(f64.const ${text})`),
  v128: v128.map((text) => `(v128.const ${text})`),
};
