import { operators, tableIndex, tableLength } from './opcodes.ts';

/**
 * How many values operators take from the stack and leave on it, first match first. Control operators and calls, whose
 * numbers depend on types, are not among them.
 */
const effects: readonly (readonly [names: RegExp, pops: number, pushes: number])[] = [
  [/^(nop|data\.drop|elem\.drop)$/, 0, 0],
  [/^drop$|^(local|global)\.set$/, 1, 0],
  [/^select/, 3, 1],
  [/^local\.tee$|^table\.get$|^memory\.grow$|^ref\.is_null$/, 1, 1],
  [/^(local|global)\.get$|\.const$|^(memory|table)\.size$|^ref\.(null|func)$/, 0, 1],
  [/^table\.set$/, 2, 0],
  [/^table\.grow$/, 2, 1],
  [/^(memory|table)\.(init|copy|fill)$/, 3, 0],
  [/\.load\d+_lane$/, 2, 1],
  [/\.store/, 2, 0],
  [/\.load/, 1, 1],
  [/bitselect|laneselect|relaxed_n?madd|dot_i8x16_i7x16_add/, 3, 1],
  [/\.(eqz|clz|ctz|popcnt|abs|neg|ceil|floor|trunc|nearest|sqrt|not|any_true|all_true|bitmask|splat)$/, 1, 1],
  [/\.(wrap|extend|reinterpret|convert|demote|promote|trunc|relaxed_trunc|extadd|extract_lane)/, 1, 1],
  [/^[ifv]\d/, 2, 1],
];

/** For each row of the operator tables: values taken, and values left. */
export const stackEffects = { pops: new Uint8Array(tableLength), pushes: new Uint8Array(tableLength) };
for (const { prefix, opcode, name } of operators) {
  const effect = effects.find(([names]) => names.test(name));
  if (effect === undefined) continue;
  stackEffects.pops[tableIndex(prefix, opcode)] = effect[1];
  stackEffects.pushes[tableIndex(prefix, opcode)] = effect[2];
}
