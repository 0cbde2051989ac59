import { invalidWasm } from '../wasm/byteReader.ts';
import type { ByteWriter } from '../wasm/byteWriter.ts';
import { valueType } from '../wasm/types.ts';
import { ControlStack, frameKind } from './controlStack.ts';
import { immediates, prefixBase, tableLength } from './opcodes.ts';
import { movedGlobal, type Plan } from './plan.ts';
import { proposalOfOpcode, proposalOfType, unsupportedProposal } from './proposals.ts';

/** Told of each run of bytes that the pass takes over: where it begins in the result and in the module. */
export type RunListener = (outOffset: number, sourceOffset: number, length: number) => void;

/** Opcodes that the pass treats apart, and those it emits. */
const op = {
  unreachable: 0x00,
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  br: 0x0c,
  brIf: 0x0d,
  brTable: 0x0e,
  return: 0x0f,
  call: 0x10,
  callIndirect: 0x11,
  returnCall: 0x12,
  returnCallIndirect: 0x13,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  globalGet: 0x23,
  globalSet: 0x24,
  memoryGrow: 0x40,
  i32Const: 0x41,
  i64Const: 0x42,
  i32Ne: 0x47,
  i64GeS: 0x59,
  i64Add: 0x7c,
  i64ExtendI32U: 0xad,
} as const;

const emptyBlockType = 0x40;
/** The most that `wasmtime-current` charges a constant size without a check. */
const mostUncheckedSize = 128;
/** V8's and wasmtime's limit. */
const mostLocals = 50_000;
/** Bits of a memory access's alignment field; bit 6 says that a memory index follows. */
const hasMemoryIndex = 0x40;

/**
 * Rewrites function bodies so that they count fuel (rules in docs/fuel.md). The count lives in a local; what an
 * operator costs is summed up while it is read (`pending`) and added to the local where the path may fork or
 * join, or where somebody may look.
 */
export class BodyRewriter {
  private readonly plan: Plan;
  private readonly bytes: Uint8Array;
  private readonly out: ByteWriter;
  private readonly onRun: RunListener | null;
  private readonly stack = new ControlStack();
  private position = 0;
  /** Everything before it is in the output already. */
  private copied = 0;
  private pending = 0;
  private reachable = true;
  /** The local that holds the count. */
  private counter = 0;
  /** Whether operators on many bytes or elements are charged by their number: `wasmtime-current`. */
  private readonly chargesSizes: boolean;

  constructor(plan: Plan, out: ByteWriter, onRun: RunListener | null) {
    this.plan = plan;
    this.bytes = plan.layout.bytes;
    this.out = out;
    this.onRun = onRun;
    this.chargesSizes = plan.options.model === 'wasmtime-current';
  }

  /** Rewrites the body in `[start, end)`, its size field excluded, and writes it with its size. */
  rewrite(typeIndex: number, start: number, end: number): void {
    const { out, plan } = this;
    const type = plan.layout.types[typeIndex]!;
    this.position = start;
    this.copied = start;
    const size = out.placeholder();
    const locals = this.locals(type.parameterCount, end);
    this.counter = locals;
    this.enter();
    out.u8(op.block);
    if (type.resultCount === 0) out.u8(emptyBlockType);
    else if (type.resultCount === 1) out.u8(this.bytes[type.resultsOffset]!);
    else out.signed(plan.resultTypes[typeIndex]!);
    this.operators(locals, end);
    out.patchLength(size);
  }

  /** Copies the declarations, adds the counter's, and returns how many locals the function has. */
  private locals(parameters: number, end: number): number {
    const { out } = this;
    const at = this.position;
    const groups = this.u32();
    out.u32(groups + (this.chargesSizes ? 2 : 1));
    this.copied = this.position;
    let count = parameters;
    for (let left = groups; left > 0; left--) {
      count += this.u32();
      if (count > mostLocals) throw invalidWasm(`more than ${mostLocals} locals`, at);
      this.valueType();
      if (this.position > end) throw invalidWasm('unexpected end', end);
    }
    this.flush(this.position);
    out.raw(1, valueType.i64);
    if (this.chargesSizes) out.raw(2, valueType.i32);
    return count;
  }

  /** Function entry: one unit, and the check. The unit stays pending, so the check is for it in advance. */
  private enter(): void {
    const { out } = this;
    out.u8(op.globalGet);
    out.u32(this.plan.counterGlobal);
    out.u8(op.localTee);
    out.u32(this.counter);
    this.pending = 1;
    this.reachable = true;
    this.check(-1);
  }

  /** Compares what is on the stack: out of fuel from `bound` upwards. */
  private check(bound: number): void {
    const { out } = this;
    out.raw(op.i64Const, bound & 0x7f, op.i64GeS, op.if, emptyBlockType, op.i32Const, 1, op.globalSet);
    out.u32(this.plan.outOfFuelGlobal);
    out.raw(op.unreachable, op.end);
  }

  private operators(locals: number, end: number): void {
    const { bytes, stack } = this;
    const { cost, immediates: immediatesOf, accessBytes } = this.plan.tables;
    stack.clear();
    stack.push(frameKind.block, true);
    let previous = end;
    while (stack.depth > 0) {
      const at = this.position;
      if (at >= end) throw invalidWasm('a function without its end', end);
      let opcode = bytes[at]!;
      this.position = at + 1;
      if (opcode >= 0xfc) opcode = this.prefixed(opcode, at);
      const shape = immediatesOf[opcode]!;
      if (this.reachable) this.pending += cost[opcode]!;
      switch (shape) {
        case immediates.none:
          if (opcode <= op.return) this.plainControl(opcode, at, end);
          break;
        case immediates.local: {
          const index = this.u32();
          if (index >= locals) throw invalidWasm(`a local ${index} that does not exist`, at);
          break;
        }
        case immediates.leb:
          this.skipLeb();
          break;
        case immediates.sized:
        case immediates.sizedPair:
        case immediates.sizedGrow:
          this.sized(opcode, shape, at, previous);
          break;
        case immediates.memoryAccess:
          this.memoryAccess(at, accessBytes[opcode]!);
          break;
        case immediates.memoryLane:
          this.memoryAccess(at, accessBytes[opcode]!);
          this.position++;
          break;
        case immediates.blockType:
          this.openBlock(opcode, at);
          break;
        case immediates.label:
          this.branch(opcode, at);
          break;
        case immediates.labels:
          this.branchTable(at, end);
          break;
        case immediates.func:
          this.functionIndex(at);
          this.call(opcode, at);
          break;
        case immediates.typeTable:
          this.skipLeb();
          this.skipLeb();
          this.call(opcode, at);
          break;
        case immediates.global:
          this.global(at);
          break;
        case immediates.f32:
          this.position += 4;
          break;
        case immediates.f64:
          this.position += 8;
          break;
        case immediates.v128:
          this.position += 16;
          break;
        case immediates.lane:
          this.position++;
          break;
        case immediates.refFunc:
          this.functionIndex(at);
          break;
        case immediates.refNull:
          this.valueType();
          break;
        case immediates.valueTypes:
          for (let left = this.u32(); left > 0 && this.position < end; left--) this.valueType();
          break;
        default:
          throw this.unknown(opcode, at);
      }
      previous = at;
    }
    if (this.position !== end) throw invalidWasm('code after the end of a function', this.position);
  }

  /** Reads the opcode after a prefix; returns its index in the tables. */
  private prefixed(prefix: number, at: number): number {
    const opcode = this.u32();
    if (prefix === 0xfc && opcode < prefixBase.fd - prefixBase.fc) return prefixBase.fc + opcode;
    if (prefix === 0xfd && opcode < tableLength - prefixBase.fd) return prefixBase.fd + opcode;
    throw this.unknown(prefix, at);
  }

  private unknown(index: number, at: number): Error {
    const first = this.bytes[at]!;
    const prefix = index >= prefixBase.fc ? first : 0;
    const opcode = prefix === 0 ? first : index - prefixBase.fc;
    const what = `opcode 0x${first.toString(16)}`;
    const proposal = proposalOfOpcode(prefix, opcode);
    return proposal === null ? invalidWasm(`unknown ${what}`, at) : unsupportedProposal(proposal, what, at);
  }

  /** Control operators without immediates. */
  private plainControl(opcode: number, at: number, end: number): void {
    if (opcode === op.end) this.endBlock(at, end);
    else if (opcode === op.else) this.elseBranch(at);
    else if (opcode === op.return || opcode === op.unreachable) {
      if (!this.reachable) return;
      this.flush(at);
      this.writeBack();
      this.becomeUnreachable();
    }
  }

  private openBlock(opcode: number, at: number): void {
    const { stack } = this;
    if (opcode !== op.block && this.reachable) {
      this.flush(at);
      this.addPending();
    }
    this.blockType();
    if (opcode === op.block) stack.push(frameKind.block, this.reachable);
    else if (opcode === op.if) stack.push(frameKind.if, this.reachable);
    else {
      stack.push(frameKind.loop, this.reachable);
      if (!this.reachable) return;
      this.flush(this.position);
      this.out.u8(op.localGet);
      this.out.u32(this.counter);
      this.check(0);
    }
  }

  private elseBranch(at: number): void {
    const { stack } = this;
    if (stack.topKind !== frameKind.if) throw invalidWasm('an else without its if', at);
    if (this.reachable) {
      this.flush(at);
      this.addPending();
    }
    this.reachable = stack.takeElse(this.reachable);
  }

  private endBlock(at: number, end: number): void {
    const { stack } = this;
    const isFunction = stack.depth === 1;
    if (this.reachable && stack.topJoins) {
      this.flush(at);
      this.addPending();
    }
    this.reachable = stack.pop(this.reachable);
    if (!isFunction) return;
    if (this.position !== end) throw invalidWasm('code after the end of a function', this.position);
    this.flush(end);
    if (this.reachable) this.writeBack();
    this.out.u8(op.end);
  }

  private branch(opcode: number, at: number): void {
    const depth = this.u32();
    this.target(depth, at);
    if (!this.reachable) return;
    this.flushBefore(at);
    if (opcode === op.br) this.becomeUnreachable();
  }

  private branchTable(at: number, end: number): void {
    for (let left = this.u32(); left >= 0; left--) {
      this.target(this.u32(), at);
      if (this.position > end) throw invalidWasm('unexpected end', end);
    }
    if (!this.reachable) return;
    this.flushBefore(at);
    this.becomeUnreachable();
  }

  private target(depth: number, at: number): void {
    if (depth >= this.stack.depth) throw invalidWasm(`a branch to label ${depth}, which does not exist,`, at);
    if (this.reachable) this.stack.branchTo(depth);
  }

  /** Adds what is pending before the operator at `at`. */
  private flushBefore(at: number): void {
    if (this.pending === 0) return;
    this.flush(at);
    this.addPending();
  }

  private call(opcode: number, at: number): void {
    if (!this.reachable) return;
    const { out } = this;
    this.flush(at);
    this.writeBack();
    if (opcode === op.returnCall || opcode === op.returnCallIndirect) {
      this.becomeUnreachable();
      return;
    }
    this.flush(this.position);
    out.u8(op.globalGet);
    out.u32(this.plan.counterGlobal);
    out.u8(op.localSet);
    out.u32(this.counter);
  }

  private functionIndex(at: number): number {
    const index = this.u32();
    if (index >= this.plan.layout.functions.length) {
      throw invalidWasm(`a function ${index} that does not exist`, at);
    }
    return index;
  }

  private global(at: number): void {
    const start = this.position;
    const index = this.u32();
    const moved = movedGlobal(this.plan, index, at);
    if (moved === index) return;
    this.flush(start);
    this.out.u32(moved);
    this.copied = this.position;
  }

  /**
   * An operator whose topmost operand says how much it does. `wasmtime-current` charges that too: at once where
   * it is a small constant, else after the operator has succeeded, with a check as at a loop header.
   */
  private sized(opcode: number, shape: number, at: number, previous: number): void {
    const { out } = this;
    const charges = this.chargesSizes && this.reachable;
    const constant = charges ? this.smallConstant(previous, at) : 0;
    if (constant >= 0) {
      this.pending += constant;
      this.sizedOperator(opcode, shape, at);
      return;
    }
    const size = this.counter + 1;
    const result = size + 1;
    this.flush(at);
    out.u8(op.localTee);
    out.u32(size);
    this.sizedOperator(opcode, shape, at);
    this.flush(this.position);
    if (shape === immediates.sizedGrow) {
      out.u8(op.localSet);
      out.u32(result);
      this.addPending();
      out.u8(op.localGet);
      out.u32(result);
      out.raw(op.i32Const, 0x7f, op.i32Ne, op.if, emptyBlockType);
      this.charge(size);
      out.raw(op.end, op.localGet);
      out.u32(result);
    } else this.charge(size);
  }

  private sizedOperator(opcode: number, shape: number, at: number): void {
    if (opcode === op.memoryGrow) this.grow(at);
    else this.skipLeb();
    if (shape === immediates.sizedPair) this.skipLeb();
  }

  /** Adds what is pending and the unsigned value of an i32 local, and checks. */
  private charge(local: number): void {
    const { out } = this;
    this.sum();
    this.pending = 0;
    out.u8(op.localGet);
    out.u32(local);
    out.raw(op.i64ExtendI32U, op.i64Add, op.localTee);
    out.u32(this.counter);
    this.check(0);
  }

  /** The value of an `i32.const` in `[at, end)` that is charged without a check, else -1. */
  private smallConstant(at: number, end: number): number {
    const { bytes } = this;
    if (at >= end || bytes[at] !== op.i32Const) return -1;
    const low = bytes[at + 1]!;
    const value = low < 0x80 ? (low << 25) >> 25 : (low & 0x7f) | (bytes[at + 2]! << 7);
    return value <= mostUncheckedSize && end - at <= 3 ? value : -1;
  }

  /** `memory.grow`, in whose place a function stands where the limit may refuse it. */
  private grow(at: number): void {
    const helper = this.plan.growFunctions[this.u32()] ?? -1;
    if (helper < 0) return;
    this.flush(at);
    this.onRun?.(this.out.position, at, this.position - at);
    this.out.u8(op.call);
    this.out.u32(helper);
    this.copied = this.position;
  }

  /** Rule 7: an access that can't be in bounds is a trap, whatever the address. */
  private memoryAccess(at: number, size: number): void {
    const align = this.u32();
    const memory = (align & hasMemoryIndex) === 0 ? 0 : this.u32();
    const offset = this.u32();
    if (!this.reachable || !(offset + size > this.plan.memoryBytes[memory]!)) return;
    this.flush(at);
    this.writeBack();
    this.becomeUnreachable();
  }

  /** Adds what is pending to the local. */
  private addPending(): void {
    const { out, pending } = this;
    if (pending === 0) return;
    this.sum();
    out.u8(op.localSet);
    out.u32(this.counter);
    this.pending = 0;
  }

  /** Adds what is pending and writes the count to the global; the local is stale after it. */
  private writeBack(): void {
    const { out } = this;
    this.sum();
    out.u8(op.globalSet);
    out.u32(this.plan.counterGlobal);
    this.pending = 0;
  }

  /** Leaves the count with what is pending on the stack. */
  private sum(): void {
    const { out, pending } = this;
    out.u8(op.localGet);
    out.u32(this.counter);
    if (pending === 0) return;
    out.u8(op.i64Const);
    out.signed(pending);
    out.u8(op.i64Add);
  }

  private becomeUnreachable(): void {
    this.reachable = false;
    this.pending = 0;
  }

  /** Copies what was read and not yet written, up to `to`. */
  private flush(to: number): void {
    const from = this.copied;
    if (from >= to) return;
    this.onRun?.(this.out.position, from, to - from);
    this.out.copy(this.bytes, from, to);
    this.copied = to;
  }

  private blockType(): void {
    const code = this.bytes[this.position]!;
    if (code === emptyBlockType) this.position++;
    else if (code >= 0x40 && code < 0x80) this.valueType();
    else this.skipLeb();
  }

  private valueType(): void {
    const at = this.position++;
    const code = this.bytes[at]!;
    if (code >= valueType.v128 && code <= valueType.i32) return;
    if (code === valueType.funcref || code === valueType.externref) return;
    const proposal = proposalOfType(code);
    if (proposal !== null) throw unsupportedProposal(proposal, `type 0x${code.toString(16)}`, at);
    throw invalidWasm(`an unknown type 0x${code.toString(16)}`, at);
  }

  /** Moves past a LEB128 number; V8 holds its length and range to the rules. */
  private skipLeb(): void {
    const { bytes } = this;
    let at = this.position;
    while (bytes[at++]! >= 0x80);
    this.position = at;
  }

  private u32(): number {
    const { bytes } = this;
    const first = bytes[this.position++]!;
    if (first < 0x80) return first;
    const start = this.position - 1;
    let result = first & 0x7f;
    for (let shift = 7; shift < 35; shift += 7) {
      const byte = bytes[this.position++]!;
      result += (byte & 0x7f) * 2 ** shift;
      if (!(byte >= 0x80)) {
        if (result <= 0xffff_ffff) return result;
        break;
      }
    }
    throw invalidWasm('a LEB128 number beyond 32 bits', start);
  }
}
