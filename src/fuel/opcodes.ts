/**
 * The operators of WebAssembly that wasmtime 28 accepts by default, one table: opcode, name, cost, immediates.
 * Source: WebAssembly core specification, binary format, instructions; costs as wasmtime's fuel charges them.
 */

/** What follows an opcode. The numbers are codes for dense switches, nothing more. */
export const immediates = {
  none: 0,
  blockType: 1,
  label: 2,
  labels: 3,
  func: 4,
  typeTable: 5,
  local: 6,
  global: 7,
  /** One LEB128 number that the pass only skips: a table, memory, segment or integer constant. */
  leb: 8,
  memoryAccess: 10,
  /** A memory access and a lane. */
  memoryLane: 11,
  f32: 12,
  f64: 13,
  v128: 14,
  lane: 15,
  valueTypes: 16,
  refFunc: 17,
  refNull: 18,
  /** Works on as many bytes, pages or elements as the topmost operand says; one LEB128 number. */
  sized: 19,
  /** The same with two numbers. */
  sizedPair: 20,
  /** Like `sized`, and may answer -1 instead. */
  sizedGrow: 21,
  /** An opcode that no table row has. */
  unknown: 22,
} as const;

export type Immediates = (typeof immediates)[keyof typeof immediates];

export interface Operator {
  /** 0 for a one-byte opcode, else 0xfc or 0xfd. */
  readonly prefix: number;
  /** After the prefix, where there is one. */
  readonly opcode: number;
  readonly name: string;
  /** Fuel units whenever it is reached. */
  readonly cost: number;
  readonly immediates: Immediates;
  /** Bytes of memory that a load or store touches, else 0. */
  readonly accessBytes: number;
  /** Whether some operands make it trap; calls and `unreachable`, which are treated apart, don't count. */
  readonly mayTrap: boolean;
}

/** Free: they make no code, or cost nothing on their own. `if` is not among them. */
const free = new Set('nop drop block loop unreachable return else end'.split(' '));

/** What may trap besides accesses to memory. */
const trapping = /^(i32|i64)\.(div|rem|trunc_f)|^memory\.(init|copy|fill)$|^table\.(get|set|init|copy|fill)$/;

interface Row {
  readonly prefix?: number;
  readonly from: number;
  /** Consecutive opcodes from `from`; `-` leaves one out, `name/4` is a memory access of 4 bytes. */
  readonly names: string;
  readonly takes?: Immediates;
}

const { none, leb, sized, sizedPair, sizedGrow, memoryAccess, memoryLane, lane } = immediates;

const intCompares = (shape: string) =>
  ['eq', 'ne', 'lt_s', 'lt_u', 'gt_s', 'gt_u', 'le_s', 'le_u', 'ge_s', 'ge_u']
    .map((name) => `${shape}.${name}`)
    .join(' ');

const floatCompares = (shape: string) =>
  ['eq', 'ne', 'lt', 'gt', 'le', 'ge'].map((name) => `${shape}.${name}`).join(' ');

const rows: readonly Row[] = [
  { from: 0x00, names: 'unreachable nop' },
  { from: 0x02, names: 'block loop if', takes: immediates.blockType },
  { from: 0x05, names: 'else' },
  { from: 0x0b, names: 'end' },
  { from: 0x0c, names: 'br br_if', takes: immediates.label },
  { from: 0x0e, names: 'br_table', takes: immediates.labels },
  { from: 0x0f, names: 'return' },
  { from: 0x10, names: 'call', takes: immediates.func },
  { from: 0x11, names: 'call_indirect', takes: immediates.typeTable },
  { from: 0x12, names: 'return_call', takes: immediates.func },
  { from: 0x13, names: 'return_call_indirect', takes: immediates.typeTable },
  { from: 0x1a, names: 'drop select' },
  { from: 0x1c, names: 'select_t', takes: immediates.valueTypes },
  { from: 0x20, names: 'local.get local.set local.tee', takes: immediates.local },
  { from: 0x23, names: 'global.get global.set', takes: immediates.global },
  { from: 0x25, names: 'table.get table.set', takes: leb },
  {
    from: 0x28,
    takes: memoryAccess,
    names: `i32.load/4 i64.load/8 f32.load/4 f64.load/8 i32.load8_s/1 i32.load8_u/1 i32.load16_s/2
      i32.load16_u/2 i64.load8_s/1 i64.load8_u/1 i64.load16_s/2 i64.load16_u/2 i64.load32_s/4 i64.load32_u/4
      i32.store/4 i64.store/8 f32.store/4 f64.store/8 i32.store8/1 i32.store16/2 i64.store8/1 i64.store16/2
      i64.store32/4`,
  },
  { from: 0x3f, names: 'memory.size', takes: leb },
  { from: 0x40, names: 'memory.grow', takes: sizedGrow },
  { from: 0x41, names: 'i32.const i64.const', takes: leb },
  { from: 0x43, names: 'f32.const', takes: immediates.f32 },
  { from: 0x44, names: 'f64.const', takes: immediates.f64 },
  { from: 0x45, names: `i32.eqz ${intCompares('i32')} i64.eqz ${intCompares('i64')}` },
  { from: 0x5b, names: `${floatCompares('f32')} ${floatCompares('f64')}` },
  {
    from: 0x67,
    names: `i32.clz i32.ctz i32.popcnt i32.add i32.sub i32.mul i32.div_s i32.div_u i32.rem_s i32.rem_u
      i32.and i32.or i32.xor i32.shl i32.shr_s i32.shr_u i32.rotl i32.rotr
      i64.clz i64.ctz i64.popcnt i64.add i64.sub i64.mul i64.div_s i64.div_u i64.rem_s i64.rem_u
      i64.and i64.or i64.xor i64.shl i64.shr_s i64.shr_u i64.rotl i64.rotr
      f32.abs f32.neg f32.ceil f32.floor f32.trunc f32.nearest f32.sqrt
      f32.add f32.sub f32.mul f32.div f32.min f32.max f32.copysign
      f64.abs f64.neg f64.ceil f64.floor f64.trunc f64.nearest f64.sqrt
      f64.add f64.sub f64.mul f64.div f64.min f64.max f64.copysign
      i32.wrap_i64 i32.trunc_f32_s i32.trunc_f32_u i32.trunc_f64_s i32.trunc_f64_u
      i64.extend_i32_s i64.extend_i32_u i64.trunc_f32_s i64.trunc_f32_u i64.trunc_f64_s i64.trunc_f64_u
      f32.convert_i32_s f32.convert_i32_u f32.convert_i64_s f32.convert_i64_u f32.demote_f64
      f64.convert_i32_s f64.convert_i32_u f64.convert_i64_s f64.convert_i64_u f64.promote_f32
      i32.reinterpret_f32 i64.reinterpret_f64 f32.reinterpret_i32 f64.reinterpret_i64
      i32.extend8_s i32.extend16_s i64.extend8_s i64.extend16_s i64.extend32_s`,
  },
  { from: 0xd0, names: 'ref.null', takes: immediates.refNull },
  { from: 0xd1, names: 'ref.is_null' },
  { from: 0xd2, names: 'ref.func', takes: immediates.refFunc },
  {
    prefix: 0xfc,
    from: 0,
    names: `i32.trunc_sat_f32_s i32.trunc_sat_f32_u i32.trunc_sat_f64_s i32.trunc_sat_f64_u
      i64.trunc_sat_f32_s i64.trunc_sat_f32_u i64.trunc_sat_f64_s i64.trunc_sat_f64_u`,
  },
  { prefix: 0xfc, from: 8, names: 'memory.init', takes: sizedPair },
  { prefix: 0xfc, from: 9, names: 'data.drop', takes: leb },
  { prefix: 0xfc, from: 10, names: 'memory.copy', takes: sizedPair },
  { prefix: 0xfc, from: 11, names: 'memory.fill', takes: sized },
  { prefix: 0xfc, from: 12, names: 'table.init', takes: sizedPair },
  { prefix: 0xfc, from: 13, names: 'elem.drop', takes: leb },
  { prefix: 0xfc, from: 14, names: 'table.copy', takes: sizedPair },
  { prefix: 0xfc, from: 15, names: 'table.grow', takes: sizedGrow },
  { prefix: 0xfc, from: 16, names: 'table.size', takes: leb },
  { prefix: 0xfc, from: 17, names: 'table.fill', takes: sized },
  {
    prefix: 0xfd,
    from: 0,
    takes: memoryAccess,
    names: `v128.load/16 v128.load8x8_s/8 v128.load8x8_u/8 v128.load16x4_s/8 v128.load16x4_u/8
      v128.load32x2_s/8 v128.load32x2_u/8 v128.load8_splat/1 v128.load16_splat/2 v128.load32_splat/4
      v128.load64_splat/8 v128.store/16`,
  },
  { prefix: 0xfd, from: 12, names: 'v128.const i8x16.shuffle', takes: immediates.v128 },
  {
    prefix: 0xfd,
    from: 14,
    names: 'i8x16.swizzle i8x16.splat i16x8.splat i32x4.splat i64x2.splat f32x4.splat f64x2.splat',
  },
  {
    prefix: 0xfd,
    from: 21,
    takes: lane,
    names: `i8x16.extract_lane_s i8x16.extract_lane_u i8x16.replace_lane
      i16x8.extract_lane_s i16x8.extract_lane_u i16x8.replace_lane i32x4.extract_lane i32x4.replace_lane
      i64x2.extract_lane i64x2.replace_lane f32x4.extract_lane f32x4.replace_lane
      f64x2.extract_lane f64x2.replace_lane`,
  },
  {
    prefix: 0xfd,
    from: 35,
    names: `${intCompares('i8x16')} ${intCompares('i16x8')} ${intCompares('i32x4')}
      ${floatCompares('f32x4')} ${floatCompares('f64x2')}
      v128.not v128.and v128.andnot v128.or v128.xor v128.bitselect v128.any_true`,
  },
  {
    prefix: 0xfd,
    from: 84,
    takes: memoryLane,
    names: `v128.load8_lane/1 v128.load16_lane/2 v128.load32_lane/4 v128.load64_lane/8
      v128.store8_lane/1 v128.store16_lane/2 v128.store32_lane/4 v128.store64_lane/8`,
  },
  { prefix: 0xfd, from: 92, names: 'v128.load32_zero/4 v128.load64_zero/8', takes: memoryAccess },
  {
    prefix: 0xfd,
    from: 94,
    names: `f32x4.demote_f64x2_zero f64x2.promote_low_f32x4
      i8x16.abs i8x16.neg i8x16.popcnt i8x16.all_true i8x16.bitmask i8x16.narrow_i16x8_s i8x16.narrow_i16x8_u
      f32x4.ceil f32x4.floor f32x4.trunc f32x4.nearest i8x16.shl i8x16.shr_s i8x16.shr_u
      i8x16.add i8x16.add_sat_s i8x16.add_sat_u i8x16.sub i8x16.sub_sat_s i8x16.sub_sat_u f64x2.ceil f64x2.floor
      i8x16.min_s i8x16.min_u i8x16.max_s i8x16.max_u f64x2.trunc i8x16.avgr_u
      i16x8.extadd_pairwise_i8x16_s i16x8.extadd_pairwise_i8x16_u
      i32x4.extadd_pairwise_i16x8_s i32x4.extadd_pairwise_i16x8_u
      i16x8.abs i16x8.neg i16x8.q15mulr_sat_s i16x8.all_true i16x8.bitmask
      i16x8.narrow_i32x4_s i16x8.narrow_i32x4_u i16x8.extend_low_i8x16_s i16x8.extend_high_i8x16_s
      i16x8.extend_low_i8x16_u i16x8.extend_high_i8x16_u i16x8.shl i16x8.shr_s i16x8.shr_u
      i16x8.add i16x8.add_sat_s i16x8.add_sat_u i16x8.sub i16x8.sub_sat_s i16x8.sub_sat_u f64x2.nearest
      i16x8.mul i16x8.min_s i16x8.min_u i16x8.max_s i16x8.max_u - i16x8.avgr_u
      i16x8.extmul_low_i8x16_s i16x8.extmul_high_i8x16_s i16x8.extmul_low_i8x16_u i16x8.extmul_high_i8x16_u
      i32x4.abs i32x4.neg - i32x4.all_true i32x4.bitmask - -
      i32x4.extend_low_i16x8_s i32x4.extend_high_i16x8_s i32x4.extend_low_i16x8_u i32x4.extend_high_i16x8_u
      i32x4.shl i32x4.shr_s i32x4.shr_u i32x4.add - - i32x4.sub - - - i32x4.mul
      i32x4.min_s i32x4.min_u i32x4.max_s i32x4.max_u i32x4.dot_i16x8_s -
      i32x4.extmul_low_i16x8_s i32x4.extmul_high_i16x8_s i32x4.extmul_low_i16x8_u i32x4.extmul_high_i16x8_u
      i64x2.abs i64x2.neg - i64x2.all_true i64x2.bitmask - -
      i64x2.extend_low_i32x4_s i64x2.extend_high_i32x4_s i64x2.extend_low_i32x4_u i64x2.extend_high_i32x4_u
      i64x2.shl i64x2.shr_s i64x2.shr_u i64x2.add - - i64x2.sub - - - i64x2.mul
      i64x2.eq i64x2.ne i64x2.lt_s i64x2.gt_s i64x2.le_s i64x2.ge_s
      i64x2.extmul_low_i32x4_s i64x2.extmul_high_i32x4_s i64x2.extmul_low_i32x4_u i64x2.extmul_high_i32x4_u
      f32x4.abs f32x4.neg - f32x4.sqrt f32x4.add f32x4.sub f32x4.mul f32x4.div
      f32x4.min f32x4.max f32x4.pmin f32x4.pmax
      f64x2.abs f64x2.neg - f64x2.sqrt f64x2.add f64x2.sub f64x2.mul f64x2.div
      f64x2.min f64x2.max f64x2.pmin f64x2.pmax
      i32x4.trunc_sat_f32x4_s i32x4.trunc_sat_f32x4_u f32x4.convert_i32x4_s f32x4.convert_i32x4_u
      i32x4.trunc_sat_f64x2_s_zero i32x4.trunc_sat_f64x2_u_zero
      f64x2.convert_low_i32x4_s f64x2.convert_low_i32x4_u
      i8x16.relaxed_swizzle i32x4.relaxed_trunc_f32x4_s i32x4.relaxed_trunc_f32x4_u
      i32x4.relaxed_trunc_f64x2_s_zero i32x4.relaxed_trunc_f64x2_u_zero
      f32x4.relaxed_madd f32x4.relaxed_nmadd f64x2.relaxed_madd f64x2.relaxed_nmadd
      i8x16.relaxed_laneselect i16x8.relaxed_laneselect i32x4.relaxed_laneselect i64x2.relaxed_laneselect
      f32x4.relaxed_min f32x4.relaxed_max f64x2.relaxed_min f64x2.relaxed_max i16x8.relaxed_q15mulr_s
      i16x8.relaxed_dot_i8x16_i7x16_s i32x4.relaxed_dot_i8x16_i7x16_add_s`,
  },
];

/** Every operator, in the order of its opcode. */
export const operators: readonly Operator[] = rows.flatMap(({ prefix = 0, from, names, takes = none }) =>
  names
    .trim()
    .split(/\s+/)
    .map((entry, n): Operator => {
      const [name = '', accessBytes = '0'] = entry.split('/');
      return {
        prefix,
        opcode: from + n,
        name,
        cost: free.has(name) ? 0 : 1,
        immediates: takes,
        accessBytes: Number(accessBytes),
        mayTrap: accessBytes !== '0' || trapping.test(name),
      };
    })
    .filter(({ name }) => name !== '-'),
);

/** Where an operator stands in {@link OperatorTables}: one-byte opcodes, then 0xfc's, then 0xfd's. */
export const prefixBase = { fc: 0x100, fd: 0x120 } as const;
/** One past the last index; opcodes after a prefix that don't fit are unknown. */
export const tableLength = 0x320;

/**
 * The index of an operator in {@link OperatorTables}; -1 for an opcode beyond all known ones.
 *
 * @param prefix 0xfc or 0xfd; 0 without one
 */
export function tableIndex(prefix: number, opcode: number): number {
  if (prefix === 0) return opcode;
  if (prefix === 0xfc) return opcode < prefixBase.fd - prefixBase.fc ? prefixBase.fc + opcode : -1;
  return opcode < tableLength - prefixBase.fd ? prefixBase.fd + opcode : -1;
}

/** The same table for the pass's inner loop. */
export interface OperatorTables {
  readonly cost: Uint8Array;
  readonly immediates: Uint8Array;
  readonly accessBytes: Uint8Array;
  readonly mayTrap: Uint8Array;
}

/** Tables in which {@link costOf} may charge otherwise; its values are from 0 to 255. */
export function operatorTables(costOf: (operator: Operator) => number = ({ cost }) => cost): OperatorTables {
  const tables = {
    cost: new Uint8Array(tableLength),
    immediates: new Uint8Array(tableLength).fill(immediates.unknown),
    accessBytes: new Uint8Array(tableLength),
    mayTrap: new Uint8Array(tableLength),
  };
  for (const operator of operators) {
    const index = tableIndex(operator.prefix, operator.opcode);
    tables.cost[index] = costOf(operator);
    tables.immediates[index] = operator.immediates;
    tables.accessBytes[index] = operator.accessBytes;
    tables.mayTrap[index] = operator.mayTrap ? 1 : 0;
  }
  return tables;
}
