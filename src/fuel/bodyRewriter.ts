import { invalidWasm } from '../wasm/byteReader.ts';
import type { ByteWriter } from '../wasm/byteWriter.ts';
import { valueType } from '../wasm/types.ts';
import { ControlStack, frameKind } from './controlStack.ts';
import { CounterCode } from './counterCode.ts';
import { emptyBlockType, op } from './emit.ts';
import { blockMayTrap } from './lookahead.ts';
import { immediates, prefixBase, tableLength } from './opcodes.ts';
import { movedGlobal, type Plan } from './plan.ts';
import { Scanner } from './scanner.ts';
import { proposalOfOpcode, proposalOfType, unsupportedProposal } from './proposals.ts';

/** The most that `wasmtime-current` charges a constant size without a check. */
const mostUncheckedSize = 128;
/** V8's and wasmtime's limit. */
const mostLocals = 50_000;
/** Bits of a memory access's alignment field; bit 6 says that a memory index follows. */
const hasMemoryIndex = 0x40;

/**
 * Rewrites function bodies so that they count fuel (rules in docs/fuel.md). What an operator costs is summed up
 * while it is read, and added to the count where the path may fork or join, or where somebody may look.
 */
export class BodyRewriter {
  private readonly plan: Plan;
  private readonly bytes: Uint8Array;
  private readonly out: ByteWriter;
  private readonly runs: number[] | null;
  private readonly code: CounterCode;
  private readonly stack = new ControlStack();
  private readonly scanner: Scanner;
  /** Whether operators on many bytes or elements are charged by their number. */
  private readonly chargesSizes: boolean;
  /** Whether indirect calls pass the count. */
  private readonly passesEverywhere: boolean;
  private position = 0;
  /** Everything before it is in the output already. */
  private copied = 0;
  private reachable = true;
  /** Whether the function takes the count as a parameter, and returns it. */
  private takesCount = false;
  /** Whether the plan's way of passing the count turned out not to do. */
  private isRefused = false;

  /** @param runs gets the triples of `Metered.runs` */
  constructor(plan: Plan, out: ByteWriter, runs: number[] | null) {
    this.plan = plan;
    this.bytes = plan.layout.bytes;
    this.out = out;
    this.runs = runs;
    this.code = new CounterCode(plan, out);
    this.scanner = new Scanner(plan);
    this.chargesSizes = plan.options.model === 'wasmtime-current';
    this.passesEverywhere = plan.passing === 'everywhere';
  }

  /**
   * Rewrites a function's body, which stands in `[start, end)` without its size, and writes it with its size.
   *
   * @returns false where it can't be rewritten with the plan's way of passing the count
   */
  rewrite(functionIndex: number, start: number, end: number): boolean {
    const { out, plan } = this;
    const typeIndex = plan.layout.functions[functionIndex]!;
    const { parameterCount, resultCount, resultsOffset } = plan.layout.types[typeIndex]!;
    this.takesCount = plan.takesCount[functionIndex] === 1;
    this.position = start;
    const size = out.placeholder();
    const count = this.locals(parameterCount, end);
    this.code.enter(
      {
        count: this.takesCount ? parameterCount : count,
        written: count + 1,
        scratch: count + 2,
      },
      this.takesCount,
    );
    this.reachable = true;
    out.u8(op.block);
    if (resultCount === 0) out.u8(emptyBlockType);
    else if (resultCount === 1) out.u8(this.bytes[resultsOffset]!);
    else out.signed(plan.resultTypes[typeIndex]!);
    this.operators(count, this.takesCount ? parameterCount : count, end);
    out.patchLength(size);
    return !this.isRefused;
  }

  /**
   * Writes the declarations with the counter's added, and returns how many locals the function had. A count that
   * comes as a parameter takes the place of the first declared local, which moves to the end.
   */
  private locals(parameters: number, end: number): number {
    const { out } = this;
    const at = this.position;
    const groups = this.u32();
    const needsScratch = this.chargesSizes || this.passesEverywhere;
    out.u32(groups + 2 + (needsScratch ? 1 : 0));
    let displaced = this.takesCount ? 0 : valueType.i64;
    let count = parameters;
    for (let left = groups; left > 0; left--) {
      let inGroup = this.u32();
      count += inGroup;
      if (count > mostLocals) throw invalidWasm(`more than ${mostLocals} locals`, at);
      const type = this.bytes[this.position]!;
      this.valueType();
      if (this.position > end) throw invalidWasm('unexpected end', end);
      if (displaced === 0 && inGroup > 0) {
        displaced = type;
        inGroup--;
      }
      out.u32(inGroup);
      out.u8(type);
    }
    if (displaced === 0) out.raw(0, valueType.i64);
    else out.raw(1, displaced);
    out.raw(1, valueType.i64);
    if (needsScratch) out.raw(2, valueType.i32);
    this.copied = this.position;
    return count;
  }

  /** @param moved the local that stands at index `locals` now */
  private operators(locals: number, moved: number, end: number): void {
    const { bytes, stack, code } = this;
    const { cost, immediates: immediatesOf, accessBytes, mayTrap } = this.plan.tables;
    stack.clear();
    stack.push(frameKind.block, true, false);
    while (stack.depth > 0) {
      this.scanner.scan(this.position, locals, moved, this.reachable && code.stale);
      if (this.reachable) code.pending += this.scanner.cost;
      const at = this.scanner.position;
      const { previous } = this.scanner;
      if (at >= end) throw invalidWasm('a function without its end', end);
      let opcode = bytes[at]!;
      this.position = at + 1;
      if (opcode >= 0xfc) opcode = this.prefixed(opcode, at);
      if (this.reachable) {
        code.pending += cost[opcode]!;
        if (code.stale && mayTrap[opcode] === 1) {
          this.flush(at);
          code.freshen();
        }
      }
      const shape = immediatesOf[opcode]!;
      switch (shape) {
        case immediates.none:
          if (opcode <= op.return) this.plainControl(opcode, at, end);
          break;
        case immediates.local: {
          const start = this.position;
          const index = this.u32();
          if (index === moved && moved < locals) {
            this.flush(start);
            this.out.u32(locals);
            this.copied = this.position;
          } else if (index >= locals) throw invalidWasm(`a local ${index} that does not exist`, at);
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
          this.directCall(opcode, at);
          break;
        case immediates.typeTable:
          this.indirectCall(opcode, at);
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
          this.functionReference(at);
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
      // A result is pushed in dead code too, so that it stays as valid as it was.
      if (opcode === op.return && this.takesCount) {
        this.flush(at);
        this.code.push();
      } else if (this.reachable) {
        this.flush(at);
        this.code.write();
      }
      this.becomeUnreachable();
    }
  }

  private openBlock(opcode: number, at: number): void {
    const { stack, code } = this;
    if (opcode !== op.block && this.reachable) this.settle(at);
    this.blockType();
    if (opcode === op.block) stack.push(frameKind.block, this.reachable, false);
    else if (opcode === op.if) stack.push(frameKind.if, this.reachable, code.stale);
    else this.openLoop(at);
  }

  /** A loop that may trap starts every round with the global up to date; one that can't need never write it. */
  private openLoop(at: number): void {
    const { stack, code } = this;
    if (!this.reachable) {
      stack.push(frameKind.loop, false, false);
      return;
    }
    const staysStale = !blockMayTrap(this.bytes, this.position, this.plan.tables);
    if (!staysStale) this.freshen(at);
    stack.push(frameKind.loop, true, staysStale);
    this.flush(this.position);
    code.checkLoop(stack.depth);
    code.resume(staysStale);
  }

  private elseBranch(at: number): void {
    const { stack, code } = this;
    if (stack.topKind !== frameKind.if) throw invalidWasm('an else without its if', at);
    if (this.reachable) this.settle(at);
    const stale = stack.topHeadStale;
    const isReachable = stack.takeElse(this.reachable, code.stale);
    this.resume(isReachable, stale);
  }

  private endBlock(at: number, end: number): void {
    const { stack, code } = this;
    const isFunction = stack.depth === 1;
    if (stack.topJoins) {
      if (this.reachable) this.settle(at);
      const stale = (this.reachable && code.stale) || stack.topJoinStale;
      this.resume(stack.pop(this.reachable), stale);
    } else this.reachable = stack.pop(this.reachable);
    if (!isFunction) return;
    if (this.position !== end) throw invalidWasm('code after the end of a function', this.position);
    this.flush(end);
    if (this.takesCount) code.push();
    else if (this.reachable) code.write();
    code.leave();
  }

  private branch(opcode: number, at: number): void {
    const { stack } = this;
    const label = this.label(at);
    if (!this.reachable) return;
    this.settle(at);
    if (stack.isFreshLoop(label)) this.freshen(at);
    stack.branchTo(label, this.code.stale);
    if (opcode === op.br) this.becomeUnreachable();
  }

  private branchTable(at: number, end: number): void {
    const { stack } = this;
    let leadsToFreshLoop = false;
    for (let left = this.u32(); left >= 0; left--) {
      const label = this.label(at);
      if (this.position > end) throw invalidWasm('unexpected end', end);
      if (!this.reachable) continue;
      leadsToFreshLoop ||= stack.isFreshLoop(label);
      stack.branchTo(label, this.code.stale);
    }
    if (!this.reachable) return;
    this.settle(at);
    if (leadsToFreshLoop) this.freshen(at);
    this.becomeUnreachable();
  }

  private label(at: number): number {
    const label = this.u32();
    if (label >= this.stack.depth) {
      throw invalidWasm(`a branch to label ${label}, which does not exist,`, at);
    }
    return label;
  }

  private directCall(opcode: number, at: number): void {
    const { code, plan } = this;
    const callee = this.u32();
    if (callee >= plan.layout.functions.length) {
      throw invalidWasm(`a function ${callee} that does not exist`, at);
    }
    const passesCount = plan.takesCount[callee] === 1;
    if (opcode === op.returnCall) this.tailCall(at, passesCount);
    else if (passesCount) {
      this.flush(at);
      code.push();
      this.rewritten(at, op.call, callee);
      code.take();
    } else if (this.reachable) this.callThroughGlobal(at);
  }

  private indirectCall(opcode: number, at: number): void {
    const { code, out } = this;
    const start = this.position;
    const type = this.u32();
    const typeEnd = this.position;
    this.skipLeb();
    if (type >= this.plan.layout.types.length) throw invalidWasm(`a type ${type} that does not exist`, at);
    const isTailCall = opcode === op.returnCallIndirect;
    if (!this.passesEverywhere) {
      if (isTailCall) this.tailCall(at, false);
      else if (this.reachable) this.callThroughGlobal(at);
      return;
    }
    // The call itself may trap, with the count written.
    this.flush(at);
    if (this.reachable) code.writeAndKeep();
    code.pushBeneath();
    this.flush(start);
    out.u32(this.plan.countingTypes[type]!);
    this.copied = typeEnd;
    this.flush(this.position);
    if (isTailCall) this.becomeUnreachable();
    else code.take();
  }

  /** A call of what reads the count from the global, and leaves it there. */
  private callThroughGlobal(at: number): void {
    this.flush(at);
    this.code.write();
    this.flush(this.position);
    this.code.read();
  }

  /** A tail call keeps the caller's way of returning the count, so both must have the same. */
  private tailCall(at: number, passesCount: boolean): void {
    if (passesCount !== this.takesCount) this.isRefused = true;
    if (passesCount) {
      this.flush(at);
      this.code.push();
    } else if (this.reachable) {
      this.flush(at);
      this.code.write();
    }
    this.becomeUnreachable();
  }

  private functionReference(at: number): void {
    const start = this.position;
    const index = this.u32();
    const reference = this.plan.references[index];
    if (reference === undefined) throw invalidWasm(`a function ${index} that does not exist`, at);
    if (reference < 0) this.isRefused = true;
    if (reference === index) return;
    this.flush(start);
    this.out.u32(reference);
    this.copied = this.position;
  }

  private global(at: number): void {
    const index = this.u32();
    const moved = movedGlobal(this.plan, index, at);
    if (moved === index) return;
    this.flush(at);
    this.rewritten(at, this.bytes[at]!, moved);
  }

  /**
   * An operator whose topmost operand says how much it does. `wasmtime-current` charges that too: at once where
   * it is a small constant, else after the operator has succeeded, with a check as at a loop header.
   */
  private sized(opcode: number, shape: number, at: number, previous: number): void {
    const { code } = this;
    const charges = this.chargesSizes && this.reachable;
    const constant = charges ? this.smallConstant(previous, at) : 0;
    if (constant >= 0) code.pending += constant;
    else {
      this.flush(at);
      code.keepSize();
    }
    if (opcode === op.memoryGrow) this.grow(at);
    else this.skipLeb();
    if (shape === immediates.sizedPair) this.skipLeb();
    if (constant >= 0) return;
    this.flush(this.position);
    if (shape === immediates.sizedGrow) code.chargeUnlessRefused(this.stack.depth);
    else code.charge(this.stack.depth);
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
    this.rewritten(at, op.call, helper);
  }

  /** An access that can't be in bounds is a trap, whatever the address. */
  private memoryAccess(at: number, size: number): void {
    const align = this.u32();
    const memory = (align & hasMemoryIndex) === 0 ? 0 : this.u32();
    const offset = this.u32();
    if (!this.reachable || !(offset + size > this.plan.memoryBytes[memory]!)) return;
    this.flush(at);
    this.code.write();
    this.becomeUnreachable();
  }

  /** Brings the count up to date before the operator at `at`. */
  private settle(at: number): void {
    if (!this.code.isUnsettled) return;
    this.flush(at);
    this.code.settle();
  }

  /** Brings the global up to date before the operator at `at`: at a loop's header it never is stale. */
  private freshen(at: number): void {
    if (!this.code.stale) return;
    this.flush(at);
    this.code.freshen();
  }

  private becomeUnreachable(): void {
    this.resume(false, false);
  }

  /** Goes on where paths have met. */
  private resume(reachable: boolean, stale: boolean): void {
    this.reachable = reachable;
    this.code.resume(stale);
  }

  /** Writes an operator in place of the one at `at`, which was just read; its index may have been padded. */
  private rewritten(at: number, opcode: number, index: number): void {
    this.runs?.push(this.out.position, at, 1);
    this.out.instruction(opcode, index);
    this.copied = this.position;
  }

  /** Copies what was read and not yet written, up to `to`. */
  private flush(to: number): void {
    const from = this.copied;
    if (from >= to) return;
    this.runs?.push(this.out.position, from, to - from);
    this.out.copy(this.bytes, from, to);
    this.copied = to;
  }

  private blockType(): void {
    const code = this.bytes[this.position]!;
    if (code === emptyBlockType) this.position++;
    else if (code > 0x40 && code < 0x80) this.valueType();
    else if (this.u32() >= this.plan.layout.types.length) {
      throw invalidWasm('a block type that does not exist', this.position);
    }
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
