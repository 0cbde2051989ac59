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
    if (added.kind === 'exit') {
      instruction(body, op.localGet, parameterCount);
      instruction(body, op.globalSet, plan.counterGlobal);
    }
    for (let n = 0; n < parameterCount; n++) instruction(body, op.localGet, n);
    if (added.kind === 'entry') instruction(body, op.globalGet, plan.counterGlobal);
    instruction(body, op.call, added.target);
    instruction(body, added.kind === 'entry' ? op.globalSet : op.globalGet, plan.counterGlobal);
    body.u8(op.end);
  }
  return body.written();
}

function instruction(body: ByteWriter, opcode: number, index: number): void {
  body.u8(opcode);
  body.u32(index);
}

/** `memory.grow`, and a note where it was the limit that refused. */
function writeGrow(plan: Plan, memory: number, body: ByteWriter): void {
  const result = 1;
  const declaredPages = plan.memoryBytes[memory]! / pageBytes;
  body.raw(1, 1, valueType.i32);
  instruction(body, op.localGet, 0);
  instruction(body, op.memoryGrow, memory);
  instruction(body, op.localTee, result);
  body.raw(op.i32Const, 0x7f, op.i32Eq, op.if, emptyBlockType);
  for (const [pages, comparison] of [
    [plan.options.memoryLimitPages, op.i64GtS],
    [declaredPages, op.i64LeS],
  ] as const) {
    instruction(body, op.localGet, 0);
    body.u8(op.i64ExtendI32U);
    instruction(body, op.memorySize, memory);
    body.raw(op.i64ExtendI32U, op.i64Add, op.i64Const);
    body.signed(pages);
    body.u8(comparison);
  }
  body.raw(op.i32And, op.if, emptyBlockType, op.i32Const, 1);
  instruction(body, op.globalSet, plan.growthRefusedGlobal);
  body.raw(op.end, op.end);
  instruction(body, op.localGet, result);
  body.u8(op.end);
}
