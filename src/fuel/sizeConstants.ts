import { ByteReader } from '../wasm/byteReader.ts';
import { valueType } from '../wasm/types.ts';
import { emptyBlockType, op } from './emit.ts';
import type { FunctionType } from './layout.ts';
import { type ModuleConstants, readModuleConstants } from './moduleConstants.ts';
import { immediates, prefixBase } from './opcodes.ts';
import { OperatorReader } from './operatorReader.ts';
import { mostUncheckedSize, type Plan } from './plan.ts';
import { type BasicBlock, SsaBuilder, unknown, type Value } from './ssaBuilder.ts';
import { stackEffects } from './stackEffects.ts';

/** `table.size`, by its index in the tables. */
const tableSize = prefixBase.fc + 16;

/** Where a branch may lead, and the variables that carry its values. */
interface Target {
  readonly block: BasicBlock;
  /** The first of them; like a local's index. */
  readonly variables: number;
  readonly count: number;
}

/** An open block, as Cranelift's translation of WebAssembly keeps it. */
interface Frame {
  readonly kind: 'block' | 'loop' | 'if' | 'else';
  /** Values on the stack beneath it. */
  readonly height: number;
  /** Where it goes on after its end. */
  readonly next: Target;
  /** Of a loop. */
  readonly header: Target | null;
  /** Of an `if`: the block that it ends, and its parameters. */
  readonly head: BasicBlock;
  readonly parameters: readonly Value[];
  readonly isHeadReachable: boolean;
  /** Of an `else`: whether the end of the first branch was reached. */
  readonly isThenReachable: boolean;
  isBranchedTo: boolean;
}

/**
 * Finds the sizes of bulk operators that wasmtime 50 takes for small constants, and therefore charges without a check:
 * those whose value is an `i32.const` in Cranelift's SSA form while the operator is translated, wherever it has come
 * through on its way (wasmtime-cranelift 50.0.1: `pre_translate_bulk_op`, `code_translator.rs`).
 */
export class SizeConstants {
  private readonly plan: Plan;
  private readonly reader: OperatorReader;
  /** Of the module; read when they are needed. */
  private moduleConstants: ModuleConstants | null = null;
  private functionIndex = 0;
  private start = 0;
  /** Of the function, by the operator's offset; null before it was looked through. */
  private sizes: Map<number, number> | null = null;

  // What is known where the reader stands.
  private ssa = new SsaBuilder();
  private block: BasicBlock = this.ssa.block([], true);
  private stack: Value[] = [];
  private frames: Frame[] = [];
  private reachable = true;
  /** How many locals and other variables there are. */
  private variables = 0;

  constructor(plan: Plan) {
    this.plan = plan;
    this.reader = new OperatorReader(plan.layout.bytes, plan.tables);
  }

  /** Begins a function, whose body stands at `start`, its size excluded. */
  enter(functionIndex: number, start: number): void {
    this.functionIndex = functionIndex;
    this.start = start;
    this.sizes = null;
  }

  /**
   * How many bytes, pages or elements the reachable operator at `at` of the function works on.
   *
   * @param previous offset of the operator before it, negative where that isn't known
   * @returns -1 where that is no constant or more than {@link mostUncheckedSize}
   */
  size(at: number, previous: number): number {
    const { bytes } = this.plan.layout;
    if (previous >= 0 && bytes[previous] === op.i32Const) {
      const reader = new ByteReader(bytes, previous + 1, at);
      const value = reader.s32();
      if (reader.atEnd) return small(value);
    }
    if (this.sizes === null) {
      this.sizes = new Map();
      try {
        this.lookThrough(this.sizes);
      } catch {
        // It looks ahead of what is checked: code that can't be followed is refused by the pass, or by V8, later.
      }
    }
    return this.sizes.get(at) ?? -1;
  }

  private lookThrough(sizes: Map<number, number>): void {
    const { layout, tables } = this.plan;
    this.moduleConstants ??= readModuleConstants(layout);
    const { parameterCount, resultCount } = layout.types[layout.functions[this.functionIndex]!]!;
    this.ssa = new SsaBuilder();
    this.block = this.ssa.block([], true);
    this.stack = [];
    this.frames = [];
    this.reachable = true;
    this.defineLocals(parameterCount);
    this.open('block', 0, resultCount);
    const { reader } = this;
    while (this.frames.length > 0 && !reader.atEnd) {
      const shape = reader.read();
      const { opcode } = reader;
      if (shape === immediates.blockType || opcode === op.else || opcode === op.end) this.structure(opcode);
      else if (this.reachable) {
        if (shape === immediates.sized || shape === immediates.sizedPair || shape === immediates.sizedGrow) {
          sizes.set(reader.at, this.ssa.constantOf(this.stack.at(-1) ?? unknown));
        }
        if (
          (shape === immediates.memoryAccess || shape === immediates.memoryLane) &&
          reader.offset + tables.accessBytes[opcode]! > this.plan.memoryBytes[reader.memory]!
        ) {
          this.reachable = false;
        } else this.operator(opcode, shape);
      }
    }
  }

  /** Parameters are unknown; all locals of one declaration begin as the same zero. */
  private defineLocals(parameterCount: number): void {
    const { bytes } = this.plan.layout;
    const { locals } = this.block;
    this.variables = 0;
    while (this.variables < parameterCount) locals.set(this.variables++, unknown);
    const declarations = new ByteReader(bytes, this.start);
    for (let groups = declarations.u32(); groups > 0; groups--) {
      const count = declarations.u32();
      const zero = declarations.u8() === valueType.i32 ? this.ssa.constant(0) : unknown;
      for (let left = count; left > 0; left--) locals.set(this.variables++, zero);
    }
    this.reader.next = declarations.position;
  }

  /** Operators that can be reached and are no structure. */
  private operator(opcode: number, shape: number): void {
    const { reader, ssa, stack, block } = this;
    const { layout } = this.plan;
    if (shape === immediates.label) {
      if (opcode === op.brIf) stack.pop();
      this.branchTo(reader.label);
      if (opcode === op.br) this.reachable = false;
      else this.block = ssa.block([block], true);
    } else if (shape === immediates.labels) {
      new Set(reader.labels).forEach((label) => this.branchTo(label));
      this.reachable = false;
    } else if (shape === immediates.func) {
      this.call(opcode === op.call, layout.functions[reader.immediate]!);
    } else if (shape === immediates.typeTable) {
      stack.pop();
      this.call(opcode === op.callIndirect, reader.immediate);
    } else if (opcode === op.return || opcode === op.unreachable) this.reachable = false;
    else if (opcode === op.localGet) stack.push(ssa.use(reader.immediate, block));
    else if (opcode === op.localSet) block.locals.set(reader.immediate, stack.pop()!);
    else if (opcode === op.localTee) block.locals.set(reader.immediate, stack.at(-1)!);
    else if (opcode === op.i32Const) {
      this.push(new ByteReader(layout.bytes, reader.at + 1).s32());
    } else if (opcode === op.globalGet) this.push(this.moduleConstants!.globals[reader.immediate]!);
    else if (opcode === tableSize)
      this.push(this.moduleConstants!.tables[layout.bytes[reader.at + 2]!] ?? -1);
    else {
      stack.length -= stackEffects.pops[opcode]!;
      if (stackEffects.pushes[opcode] === 1) stack.push(unknown);
    }
  }

  private push(constant: number): void {
    this.stack.push(small(constant) < 0 ? unknown : this.ssa.constant(constant));
  }

  private call(comesBack: boolean, type: number): void {
    const { parameterCount, resultCount } = this.plan.layout.types[type]!;
    this.stack.length -= parameterCount;
    for (let left = resultCount; left > 0; left--) this.stack.push(unknown);
    if (!comesBack) this.reachable = false;
  }

  private branchTo(label: number): void {
    const frame = this.frames.at(-1 - label)!;
    this.jump(frame.header ?? frame.next);
    // A branch to a loop leaves its end as it is.
    if (frame.header === null) frame.isBranchedTo = true;
  }

  /** Leaves the block for another, with the topmost values. */
  private jump({ block, variables, count }: Target): void {
    const { stack } = this;
    for (let n = 0; n < count; n++) this.block.locals.set(variables + n, stack[stack.length - count + n]!);
    block.predecessors.push(this.block);
  }

  private target(count: number): Target {
    const { variables } = this;
    this.variables += count;
    return { block: this.ssa.block([], false), variables, count };
  }

  private structure(opcode: number): void {
    if (opcode === op.end) this.end();
    else if (opcode === op.else) this.elseBranch();
    else {
      const { parameterCount, resultCount, isSame } = this.blockType();
      if (opcode === op.if && this.reachable) this.stack.pop();
      if (opcode === op.block) this.open('block', parameterCount, resultCount);
      else if (opcode === op.loop) this.open('loop', parameterCount, resultCount);
      else this.openIf(parameterCount, resultCount, isSame);
    }
  }

  private open(kind: Frame['kind'], parameterCount: number, resultCount: number): Frame {
    const { stack, reachable } = this;
    const frame: Frame = {
      kind,
      height: reachable ? stack.length - parameterCount : stack.length,
      next: this.target(resultCount),
      header: kind === 'loop' && reachable ? this.target(parameterCount) : null,
      head: this.block,
      parameters: reachable ? stack.slice(stack.length - parameterCount) : [],
      isHeadReachable: reachable,
      isThenReachable: false,
      isBranchedTo: false,
    };
    this.frames.push(frame);
    if (frame.header !== null) this.beginLoop(frame.header, frame.height);
    return frame;
  }

  private beginLoop(header: Target, height: number): void {
    const { ssa } = this;
    this.jump(header);
    this.block = header.block;
    this.stack.length = height;
    this.take(header);
    // The check of the limit: its call may come back, so that paths meet after it.
    const outOfFuel = ssa.block([header.block], true);
    this.block = ssa.block([header.block, outOfFuel], true);
  }

  /** Puts on the stack what came with the branches to where it goes on. */
  private take({ variables, count }: Target): void {
    for (let n = 0; n < count; n++) this.stack.push(this.ssa.use(variables + n, this.block));
  }

  private openIf(parameterCount: number, resultCount: number, mayLackElse: boolean): void {
    const { next, head, isHeadReachable } = this.open('if', parameterCount, resultCount);
    if (!isHeadReachable) return;
    if (mayLackElse) this.jump(next);
    this.block = this.ssa.block([head], true);
  }

  private elseBranch(): void {
    const frame = this.frames.pop()!;
    const { next, head, isHeadReachable } = frame;
    const isThenReachable = this.reachable;
    if (isThenReachable) this.jump(next);
    this.frames.push({ ...frame, kind: 'else', isThenReachable });
    this.reachable = isHeadReachable;
    if (!isHeadReachable) return;
    const { predecessors } = next.block;
    const skipped = predecessors.indexOf(head);
    if (skipped >= 0) predecessors.splice(skipped, 1);
    this.block = this.ssa.block([head], true);
    this.stack.length = frame.height;
    this.stack.push(...frame.parameters);
  }

  private end(): void {
    const frame = this.frames.pop()!;
    const { kind, height, next, header, isHeadReachable, isThenReachable, isBranchedTo } = frame;
    const otherPath = kind === 'if' ? isHeadReachable : kind === 'else' && isHeadReachable && isThenReachable;
    if (this.reachable) this.jump(next);
    this.reachable ||= isBranchedTo || otherPath;
    if (this.reachable) {
      this.ssa.seal(next.block);
      this.block = next.block;
    }
    if (header !== null) this.ssa.seal(header.block);
    this.stack.length = height;
    if (this.reachable) this.take(next);
  }

  /** The numbers of parameters and results, and whether their types are the same, so that an `if` needs no `else`. */
  private blockType(): Pick<FunctionType, 'parameterCount' | 'resultCount'> & { readonly isSame: boolean } {
    const { layout } = this.plan;
    const code = layout.bytes[this.reader.at + 1]!;
    if (code === emptyBlockType) return { parameterCount: 0, resultCount: 0, isSame: true };
    if (code > emptyBlockType && code < 0x80) return { parameterCount: 0, resultCount: 1, isSame: false };
    const type = layout.types[this.reader.immediate]!;
    const { parameterCount, resultCount, parametersOffset, resultsOffset } = type;
    const types = (from: number) => layout.bytes.subarray(from, from + parameterCount);
    const isSame =
      parameterCount === resultCount &&
      types(parametersOffset).every((code, n) => code === types(resultsOffset)[n]);
    return { parameterCount, resultCount, isSame };
  }
}

/** A constant that is charged without a check; -1 for others. */
function small(constant: number): number {
  return constant >= 0 && constant <= mostUncheckedSize ? constant : -1;
}
