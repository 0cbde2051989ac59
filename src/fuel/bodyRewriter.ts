import { invalidWasm } from '../wasm/byteReader.ts';
import type { ByteWriter } from '../wasm/byteWriter.ts';
import { type Arena, cell } from './arena.ts';
import type { CodeCursor } from './codeCursor.ts';
import { ControlStack, frameKind } from './controlStack.ts';
import { CounterCode } from './counterCode.ts';
import { emptyBlockType, hasMemoryIndex, op } from './emit.ts';
import { blockMayTrap } from './lookahead.ts';
import { rewriteLocals } from './localDeclarations.ts';
import { immediates } from './opcodes.ts';
import { exitPlace, movedGlobal, type Plan } from './plan.ts';
import { Scanner } from './scanner.ts';
import { SizeConstants } from './sizeConstants.ts';
import { checkType } from './valueTypes.ts';

/** No operator gets more bytes than these, itself apart. */
const mostAdded = 256;

/**
 * Rewrites function bodies so that they count fuel (rules in docs/fuel.md). What an operator costs is summed up
 * while it is read, and added to the count where the path may fork or join, or where somebody may look.
 */
export class BodyRewriter {
  private readonly plan: Plan;
  private readonly source: CodeCursor;
  private readonly out: ByteWriter;
  private readonly code: CounterCode;
  private readonly stack: ControlStack;
  private readonly arena: Arena;
  private readonly scanner: Scanner;
  /** Whether operators on many bytes or elements are charged by their number. */
  private readonly chargesSizes: boolean;
  private readonly sizes: SizeConstants;
  /** Whether indirect calls pass the count. */
  private readonly passesEverywhere: boolean;
  private readonly needsScratch: boolean;
  /** Whether the function takes the count as a parameter, and returns it. */
  private takesCount = false;
  /** Whether the plan's way of passing the count turned out not to do. */
  private isRefused = false;

  constructor(plan: Plan, arena: Arena, source: CodeCursor, out: ByteWriter) {
    this.plan = plan;
    this.source = source;
    this.out = out;
    this.arena = arena;
    this.stack = new ControlStack(arena);
    this.code = new CounterCode(plan, arena, out);
    this.scanner = new Scanner(plan, arena, out, !source.notesRuns);
    this.chargesSizes = plan.options.model === 'wasmtime-current';
    this.sizes = new SizeConstants(plan);
    this.passesEverywhere = plan.passing === 'everywhere';
    this.needsScratch = this.chargesSizes || this.passesEverywhere;
  }

  private get reachable(): boolean {
    return this.arena.words[cell.isReachable] === 1;
  }

  private set reachable(isReachable: boolean) {
    this.arena.words[cell.isReachable] = isReachable ? 1 : 0;
  }

  /**
   * Rewrites a function's body, which stands in `[start, end)` without its size, and writes it with its size.
   *
   * @returns false where it can't be rewritten with the plan's way of passing the count
   */
  rewrite(functionIndex: number, start: number, end: number): boolean {
    const { out, plan, source } = this;
    const typeIndex = plan.layout.functions[functionIndex]!;
    const { parameterCount, resultCount, resultsOffset } = plan.layout.types[typeIndex]!;
    this.takesCount = plan.takesCount[functionIndex] === 1;
    source.position = start;
    this.sizes.enter(functionIndex, start);
    const size = out.placeholder();
    source.standFor(start);
    const count = rewriteLocals(source, out, parameterCount, this.takesCount, this.needsScratch);
    source.drop();
    this.code.enter(
      {
        count: this.takesCount ? parameterCount : count,
        written: count + 1,
        scratch: count + 2,
      },
      this.takesCount,
      start,
    );
    this.reachable = true;
    out.u8(op.block);
    if (resultCount === 0) out.u8(emptyBlockType);
    else if (resultCount === 1) out.u8(source.bytes[resultsOffset]!);
    else out.signed(plan.resultTypes[typeIndex]!);
    this.operators(count, this.takesCount ? parameterCount : count, resultCount > 0, end);
    source.standFor(exitPlace);
    this.code.leave();
    out.patchLength(size);
    return !this.isRefused;
  }

  /**
   * @param moved the local that stands at index `locals` now
   * @param hasResults whether the function has
   */
  private operators(locals: number, moved: number, hasResults: boolean, end: number): void {
    const { source, scanner, stack, code, out } = this;
    const { bytes } = source;
    const { cost, immediates: immediatesOf, accessBytes, mayTrap } = this.plan.tables;
    scanner.enter(locals, moved, this.takesCount);
    stack.clear();
    stack.push(frameKind.block, true, false, hasResults);
    while (stack.depth > 0) {
      out.reserve(end - source.position + mostAdded);
      const at = scanner.scan(source.position, end);
      source.copied(at);
      if (stack.depth === 0) break;
      if (at >= end) throw invalidWasm('a function without its end', end);
      let opcode = bytes[at]!;
      source.position = at + 1;
      if (opcode >= 0xfc) opcode = source.prefixed(opcode, at);
      if (this.reachable) {
        code.pending += cost[opcode]!;
        if (mayTrap[opcode] === 1) code.freshen();
      }
      const shape = immediatesOf[opcode]!;
      switch (shape) {
        case immediates.none:
          if (opcode <= op.return) this.plainControl(opcode, at, end);
          break;
        case immediates.local: {
          const start = source.position;
          const index = source.u32();
          if (index === moved && moved < locals) {
            source.replaceIndex(start, locals);
          } else if (index >= locals) throw invalidWasm(`a local ${index} that does not exist`, at);
          break;
        }
        case immediates.leb:
          source.skipLeb();
          break;
        case immediates.sized:
        case immediates.sizedPair:
        case immediates.sizedGrow:
          this.sized(opcode, shape, at, scanner.previous);
          break;
        case immediates.memoryAccess:
          this.memoryAccess(accessBytes[opcode]!);
          break;
        case immediates.memoryLane:
          this.memoryAccess(accessBytes[opcode]!);
          source.position++;
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
          source.position += 4;
          break;
        case immediates.f64:
          source.position += 8;
          break;
        case immediates.v128:
          source.position += 16;
          break;
        case immediates.lane:
          source.position++;
          break;
        case immediates.refFunc:
          this.functionReference(at);
          break;
        case immediates.refNull:
          checkType(source);
          break;
        case immediates.valueTypes:
          for (let left = source.u32(); left > 0 && source.position < end; left--) checkType(source);
          break;
        default:
          throw source.unknown(opcode, at);
      }
      source.keep();
    }
    if (source.position !== end) throw invalidWasm('code after the end of a function', source.position);
  }

  /** Control operators without immediates. */
  private plainControl(opcode: number, at: number, end: number): void {
    if (opcode === op.end) this.endBlock(end);
    else if (opcode === op.else) this.elseBranch(at);
    else if (opcode === op.return || opcode === op.unreachable) {
      // A result is pushed in dead code too, so that it stays as valid as it was.
      if (opcode === op.return && this.takesCount) this.code.push();
      else if (this.reachable) this.code.write();
      this.becomeUnreachable();
    }
  }

  private openBlock(opcode: number, at: number): void {
    const { stack, code } = this;
    if (opcode !== op.block && this.reachable) this.code.settle();
    const type = this.source.blockType(this.plan.layout.types.length);
    // Of one in the type section it is enough to know that there may be values.
    const carries = opcode === op.loop ? type < 0 : type !== emptyBlockType;
    if (opcode === op.block) stack.push(frameKind.block, this.reachable, false, carries);
    else if (opcode === op.if) stack.push(frameKind.if, this.reachable, code.stale, carries);
    else this.openLoop(at, carries);
  }

  /** A loop that may trap starts every round with the global up to date; one that can't need never write it. */
  private openLoop(at: number, carries: boolean): void {
    const { stack, code } = this;
    if (!this.reachable) {
      stack.push(frameKind.loop, false, false, carries);
      return;
    }
    const staysStale = !blockMayTrap(this.source.bytes, this.source.position, this.plan.tables);
    if (!staysStale) this.code.freshen();
    stack.push(frameKind.loop, true, staysStale, carries);
    this.source.keep();
    code.checkLoop(stack.depth, at);
    code.resume(staysStale);
  }

  private elseBranch(at: number): void {
    const { stack, code } = this;
    if (stack.topKind !== frameKind.if) throw invalidWasm('an else without its if', at);
    if (this.reachable) this.code.settle();
    const stale = stack.topHeadStale;
    const isReachable = stack.takeElse(this.reachable, code.stale);
    this.resume(isReachable, stale);
  }

  private endBlock(end: number): void {
    const { stack, code } = this;
    const isFunction = stack.depth === 1;
    if (stack.topJoins) {
      if (this.reachable) this.code.settle();
      const stale = (this.reachable && code.stale) || stack.topJoinStale;
      this.resume(stack.pop(this.reachable), stale);
    } else this.reachable = stack.pop(this.reachable);
    if (!isFunction) return;
    if (this.source.position !== end)
      throw invalidWasm('code after the end of a function', this.source.position);
    this.source.keep();
    if (this.takesCount) code.push();
    else if (this.reachable) code.write();
  }

  private branch(opcode: number, at: number): void {
    const { stack } = this;
    const label = this.label(at);
    if (!this.reachable) return;
    if (opcode === op.brIf && !stack.carries(label)) {
      this.branchAway(label, at);
      return;
    }
    this.settleFor(label);
    if (opcode === op.br) this.becomeUnreachable();
  }

  /**
   * A `br_if` that sums up where it is taken, so that a loop's rounds don't pay for its exits: an `if` around a `br`.
   * After it, all is pending as it was.
   */
  private branchAway(label: number, at: number): void {
    const { code, source, out } = this;
    const before = code.state();
    source.replace(at, op.if, emptyBlockType);
    this.settleFor(label);
    out.instruction(op.br, label + 1);
    out.u8(op.end);
    code.restore(before);
  }

  /** Sums up as a reachable branch to `label` needs it. */
  private settleFor(label: number): void {
    const { stack, code } = this;
    code.settle();
    if (stack.isFreshLoop(label)) code.freshen();
    stack.branchTo(label, code.stale);
  }

  private branchTable(at: number, end: number): void {
    const { stack } = this;
    let leadsToFreshLoop = false;
    for (let left = this.source.u32(); left >= 0; left--) {
      const label = this.label(at);
      if (this.source.position > end) throw invalidWasm('unexpected end', end);
      if (!this.reachable) continue;
      leadsToFreshLoop ||= stack.isFreshLoop(label);
      stack.branchTo(label, this.code.stale);
    }
    if (!this.reachable) return;
    this.code.settle();
    if (leadsToFreshLoop) this.code.freshen();
    this.becomeUnreachable();
  }

  private label(at: number): number {
    const label = this.source.u32();
    if (label >= this.stack.depth) {
      throw invalidWasm(`a branch to label ${label}, which does not exist,`, at);
    }
    return label;
  }

  private directCall(opcode: number, at: number): void {
    const { code, plan } = this;
    const callee = this.source.u32();
    if (callee >= plan.layout.functions.length) {
      throw invalidWasm(`a function ${callee} that does not exist`, at);
    }
    const passesCount = plan.takesCount[callee] === 1;
    if (opcode === op.returnCall) this.tailCall(passesCount);
    else if (passesCount) {
      code.push();
      this.source.replace(at, op.call, callee);
      code.take();
    } else if (this.reachable) this.callThroughGlobal();
  }

  private indirectCall(opcode: number, at: number): void {
    const { code, source } = this;
    const start = source.position;
    const type = source.u32();
    if (type >= this.plan.layout.types.length) throw invalidWasm(`a type ${type} that does not exist`, at);
    const isTailCall = opcode === op.returnCallIndirect;
    if (!this.passesEverywhere) {
      source.skipLeb();
      if (isTailCall) this.tailCall(false);
      else if (this.reachable) this.callThroughGlobal();
      return;
    }
    // The call itself may trap, with the count written.
    if (this.reachable) code.writeAndKeep();
    code.pushBeneath();
    source.replaceIndex(start, this.plan.countingTypes[type]!);
    source.skipLeb();
    source.keep();
    if (isTailCall) this.becomeUnreachable();
    else code.take();
  }

  /** A call of what reads the count from the global, and leaves it there. */
  private callThroughGlobal(): void {
    this.code.write();
    this.source.keep();
    this.code.read();
  }

  /** A tail call keeps the caller's way of returning the count, so both must have the same. */
  private tailCall(passesCount: boolean): void {
    if (passesCount !== this.takesCount) this.isRefused = true;
    if (passesCount) this.code.push();
    else if (this.reachable) this.code.write();
    this.becomeUnreachable();
  }

  private functionReference(at: number): void {
    const start = this.source.position;
    const index = this.source.u32();
    const reference = this.plan.references[index];
    if (reference === undefined) throw invalidWasm(`a function ${index} that does not exist`, at);
    if (reference < 0) this.isRefused = true;
    if (reference === index) return;
    this.source.replaceIndex(start, reference);
  }

  private global(at: number): void {
    const index = this.source.u32();
    const moved = movedGlobal(this.plan, index, at);
    if (moved === index) return;
    this.source.replace(at, this.source.bytes[at]!, moved);
  }

  /**
   * An operator whose topmost operand says how much it does. `wasmtime-current` charges that too: at once where
   * it is a small constant, else after the operator has succeeded, with a check as at a loop header.
   */
  private sized(opcode: number, shape: number, at: number, previous: number): void {
    const { code } = this;
    const charges = this.chargesSizes && this.reachable;
    const constant = charges ? this.sizes.size(at, previous) : 0;
    if (constant >= 0) code.pending += constant;
    else code.keepSize();
    if (opcode === op.memoryGrow) this.grow(at);
    else this.source.skipLeb();
    if (shape === immediates.sizedPair) this.source.skipLeb();
    if (constant >= 0) return;
    this.source.keep();
    this.source.standFor(this.source.position);
    if (shape === immediates.sizedGrow) code.chargeUnlessRefused(this.stack.depth, at);
    else code.charge(this.stack.depth, at);
  }

  /** `memory.grow`, in whose place a function stands where the limit may refuse it. */
  private grow(at: number): void {
    const helper = this.plan.growFunctions[this.source.u32()] ?? -1;
    if (helper < 0) return;
    this.source.replace(at, op.call, helper);
  }

  /** An access that can't be in bounds is a trap, whatever the address. */
  private memoryAccess(size: number): void {
    const align = this.source.u32();
    const memory = (align & hasMemoryIndex) === 0 ? 0 : this.source.u32();
    const offset = this.source.u32();
    if (!this.reachable || !(offset + size > this.plan.memoryBytes[memory]!)) return;
    this.code.write();
    this.becomeUnreachable();
  }

  private becomeUnreachable(): void {
    this.resume(false, false);
  }

  /** Goes on where paths have met. */
  private resume(reachable: boolean, stale: boolean): void {
    this.reachable = reachable;
    this.code.resume(stale);
  }
}
