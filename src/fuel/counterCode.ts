import type { ByteWriter } from '../wasm/byteWriter.ts';
import { valueType } from '../wasm/types.ts';
import { type Arena, cell } from './arena.ts';
import { emptyBlockType, op } from './emit.ts';
import type { Plan } from './plan.ts';

/** The locals that a metered function has for the count. */
export interface CounterLocals {
  /** i64: the count. */
  readonly count: number;
  /** i64: the count as wasmtime would have written it last. */
  readonly written: number;
  /** i32, two of them: operands that are needed a second time. */
  readonly scratch: number;
}

/** What is known of the count at a place in the code. */
export interface CounterState {
  readonly pending: number;
  readonly stale: boolean;
  readonly isKept: boolean;
}

/**
 * Emits the code that counts, for one function at a time.
 *
 * wasmtime writes its count to the store before every call and exit, and a trap shows what was written last. Here
 * the count goes from function to function as a parameter and a result, and the global is written only where its
 * value can be seen: before host calls and before the first operator that may trap. Until then the written value
 * is `stale` in the global and kept in locals.
 */
export class CounterCode {
  private readonly out: ByteWriter;
  private readonly counterGlobal: number;
  private readonly outOfFuelGlobal: number;
  private locals: CounterLocals = { count: 0, written: 0, scratch: 0 };
  private readonly arena: Arena;

  constructor(plan: Plan, arena: Arena, out: ByteWriter) {
    this.arena = arena;
    this.out = out;
    this.counterGlobal = plan.counterGlobal;
    this.outOfFuelGlobal = plan.outOfFuelGlobal;
  }

  /** Cost of the operators since the count was last brought up to date. */
  get pending(): number {
    return this.arena.words[cell.pending]!;
  }

  set pending(cost: number) {
    this.arena.words[cell.pending] = cost;
  }

  /** Whether the global differs from what wasmtime would have written last. */
  get stale(): boolean {
    return this.arena.words[cell.isStale] === 1;
  }

  set stale(isStale: boolean) {
    this.arena.words[cell.isStale] = isStale ? 1 : 0;
  }

  /** Whether that value is in the local `written`; else it is in `count`. */
  private get isKept(): boolean {
    return this.arena.words[cell.isKept] === 1;
  }

  private set isKept(isKept: boolean) {
    this.arena.words[cell.isKept] = isKept ? 1 : 0;
  }

  /**
   * Function entry: one unit, and the check. The unit stays pending, so the check is made for it in advance.
   *
   * The body goes into a block, out of which every check leads to {@link leave}.
   *
   * @param isPassed whether the count comes as a parameter; else it is read from the global
   * @param place offset in the module that is told where the limit is reached here
   */
  enter(locals: CounterLocals, isPassed: boolean, place: number): void {
    this.locals = locals;
    this.arena.words[cell.count] = locals.count;
    this.arena.words[cell.written] = locals.written;
    this.pending = 1;
    this.out.u8(op.block);
    this.out.u8(valueType.i32);
    if (isPassed) {
      this.stale = true;
      this.isKept = false;
    } else this.read();
    this.check(-1, 0, place);
  }

  /** Where paths have met, all of them settled. */
  resume(stale: boolean): void {
    this.pending = 0;
    this.stale = stale;
    this.isKept = true;
  }

  /** What {@link restore} goes back to, where code is added for one path only. */
  state(): CounterState {
    const { pending, stale, isKept } = this;
    return { pending, stale, isKept };
  }

  restore({ pending, stale, isKept }: CounterState): void {
    this.pending = pending;
    this.stale = stale;
    this.isKept = isKept;
  }

  /** The function's end: where a check leads to that finds the limit reached, with its place on the stack. */
  leave(): void {
    const { out } = this;
    out.u8(op.return);
    out.u8(op.end);
    out.instruction(op.globalSet, this.outOfFuelGlobal);
    out.u8(op.unreachable);
    out.u8(op.end);
  }

  /** A loop's header at `place`: out of fuel where the count is not negative. `depth` is the number of open blocks. */
  checkLoop(depth: number, place: number): void {
    this.check(0, depth, place);
  }

  /** Leaves the function where the count is `bound` (a one-byte constant) or more. */
  private check(bound: number, depth: number, place: number): void {
    const { out } = this;
    out.u8(op.i32Const);
    out.signed(place);
    this.local(op.localGet, this.locals.count);
    out.raw4(op.i64Const, bound & 0x7f, op.i64GeS, op.brIf);
    out.u32(depth);
    out.u8(op.drop);
  }

  /** Brings both locals up to date, as they must be where paths fork or join. */
  settle(): void {
    if (this.pending !== 0) {
      this.sum();
      this.local(op.localSet, this.locals.count);
    } else if (this.stale && !this.isKept) {
      this.local(op.localGet, this.locals.count);
      this.local(op.localSet, this.locals.written);
      this.isKept = true;
    }
  }

  /** Writes the stale value to the global, where it is: before an operator that may trap, and at loops that have one. */
  freshen(): void {
    if (!this.stale) return;
    this.local(op.localGet, this.isKept ? this.locals.written : this.locals.count);
    if (!this.isKept) this.local(op.localTee, this.locals.written);
    this.global(op.globalSet);
    this.stale = false;
    this.isKept = true;
  }

  /** Writes the count to the global: before calls that read it there, and exits. The local is out of date then. */
  write(): void {
    this.sum();
    this.global(op.globalSet);
  }

  /** The same where the count is needed afterwards. */
  writeAndKeep(): void {
    this.sum();
    this.local(op.localTee, this.locals.count);
    this.global(op.globalSet);
    this.stale = false;
    this.isKept = true;
  }

  /** Leaves the count on the stack, with what is pending: as an argument or a result. */
  push(): void {
    this.sum();
  }

  /** Takes the count from the stack, as a callee returned it. */
  take(): void {
    this.local(op.localSet, this.locals.count);
    this.pending = 0;
    this.stale = true;
    this.isKept = false;
  }

  /** Reads the count that another has written to the global. */
  read(): void {
    this.global(op.globalGet);
    this.local(op.localTee, this.locals.written);
    this.local(op.localSet, this.locals.count);
    this.stale = false;
    this.isKept = true;
  }

  /** Puts the count beneath the i32 on the stack. */
  pushBeneath(): void {
    this.local(op.localSet, this.locals.scratch);
    this.push();
    this.local(op.localGet, this.locals.scratch);
  }

  /** Keeps a copy of the i32 on the stack for {@link charge}. */
  keepSize(): void {
    this.local(op.localTee, this.locals.scratch);
  }

  /** Charges as many units as {@link keepSize} kept, and checks. */
  charge(depth: number, place: number): void {
    this.sum();
    this.local(op.localGet, this.locals.scratch);
    this.out.u8(op.i64ExtendI32U);
    this.out.u8(op.i64Add);
    this.local(op.localSet, this.locals.count);
    this.check(0, depth, place);
  }

  /** {@link charge}, unless the i32 on the stack, which stays there, is -1. */
  chargeUnlessRefused(depth: number, place: number): void {
    const { out } = this;
    const result = this.locals.scratch + 1;
    this.local(op.localSet, result);
    this.settle();
    this.local(op.localGet, result);
    out.raw4(op.i32Const, 0x7f, op.i32Ne, op.if);
    out.u8(emptyBlockType);
    this.charge(depth + 1, place);
    out.u8(op.end);
    this.local(op.localGet, result);
  }

  /** Leaves the count with what is pending on the stack; what was written last is kept where the count will move. */
  private sum(): void {
    const { out, pending } = this;
    const { count } = this.locals;
    const keeps = this.stale && !this.isKept;
    if (!keeps && pending !== 0 && pending < 64 && count < 0x80) {
      // By far the most frequent case, in one go.
      out.raw4(op.localGet, count, op.i64Const, pending);
      out.u8(op.i64Add);
      this.pending = 0;
      return;
    }
    this.local(op.localGet, count);
    if (keeps) {
      this.local(op.localTee, this.locals.written);
      this.isKept = true;
    }
    if (pending === 0) return;
    out.u8(op.i64Const);
    out.signed(pending);
    out.u8(op.i64Add);
    this.pending = 0;
  }

  private local(opcode: number, index: number): void {
    this.out.instruction(opcode, index);
  }

  private global(opcode: number): void {
    this.out.instruction(opcode, this.counterGlobal);
  }
}
