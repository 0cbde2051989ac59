import { ByteWriter } from '../wasm/byteWriter.ts';
import { valueType } from '../wasm/types.ts';
import { emptyBlockType, op } from './emit.ts';
import { type AddedFunction, pageBytes, type Plan } from './plan.ts';

/** The type index of a function that the pass adds. */
export function addedType(plan: Plan, added: AddedFunction): number {
  if (added.kind === 'grow') return plan.growType;
  const type = plan.layout.functions[added.target]!;
  return added.kind === 'entry' ? type : plan.countingTypes[type]!;
}

/** The body of a function that the pass adds, without its size. None of them costs fuel. */
export function addedBody(plan: Plan, added: AddedFunction): Uint8Array {
  const body = new ByteWriter(64);
  if (added.kind === 'grow') writeGrow(plan, added.memory, body);
  else {
    const { parameterCount } = plan.layout.types[plan.layout.functions[added.target]!]!;
    body.u8(0);
    // The count of an indirect call is in the global already, for the call itself may trap.
    for (let n = 0; n < parameterCount; n++) body.instruction(op.localGet, n);
    if (added.kind === 'entry') body.instruction(op.globalGet, plan.counterGlobal);
    body.instruction(op.call, added.target);
    body.instruction(added.kind === 'entry' ? op.globalSet : op.globalGet, plan.counterGlobal);
    body.u8(op.end);
  }
  return body.written();
}

/** `memory.grow`, and a note where it was the limit that refused. */
function writeGrow(plan: Plan, memory: number, body: ByteWriter): void {
  const result = 1;
  const declaredPages = plan.memoryBytes[memory]! / pageBytes;
  body.raw(1, 1, valueType.i32);
  body.instruction(op.localGet, 0);
  body.instruction(op.memoryGrow, memory);
  body.instruction(op.localTee, result);
  body.raw(op.i32Const, 0x7f, op.i32Eq, op.if, emptyBlockType);
  for (const [pages, comparison] of [
    [plan.options.memoryLimitPages, op.i64GtS],
    [declaredPages, op.i64LeS],
  ] as const) {
    body.instruction(op.localGet, 0);
    body.u8(op.i64ExtendI32U);
    body.instruction(op.memorySize, memory);
    body.raw(op.i64ExtendI32U, op.i64Add, op.i64Const);
    body.signed(pages);
    body.u8(comparison);
  }
  body.raw(op.i32And, op.if, emptyBlockType, op.i32Const, 1);
  body.instruction(op.globalSet, plan.growthRefusedGlobal);
  body.raw(op.end, op.end);
  body.instruction(op.localGet, result);
  body.u8(op.end);
}
