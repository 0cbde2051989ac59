import { op } from '../emit.ts';
import { ByteReader } from '../../wasm/byteReader.ts';
import { sectionId } from '../../wasm/sections.ts';
import { ControlStack, frameKind, frameMemory } from '../controlStack.ts';
import { immediates } from '../opcodes.ts';
import type { Plan } from '../plan.ts';
import { SizeConstants } from '../sizeConstants.ts';
import { Numbers } from './numbers.ts';
import { OperatorReader } from '../operatorReader.ts';

/**
 * The places of a module's code at which fuel is added up (docs/fuel.md, rule 5). How often each is passed gives
 * what every operator cost: one that is charged belongs to the one place that it is added up at.
 */
export interface CountingPoints {
  /** For each point: offset of the operator before which it stands. Ascending. */
  readonly at: Uint32Array;
  /** For each point: what passing it adds up, as the end of its part of {@link charged}. */
  readonly chargedEnd: Uint32Array;
  /**
   * Offsets of the operators that are charged a unit, by point, in the order of the code. A function's own unit
   * stands at the start of its body, where line tables have its first row.
   */
  readonly charged: Uint32Array;
  /** For each defined function: its first point, which every call passes once; then the number of points. */
  readonly functionPoints: Uint32Array;
  /** For each defined function: where its body starts, its size field excluded. */
  readonly bodies: Uint32Array;
  /** Operators that are charged by a number that only the run knows. */
  readonly sized: readonly SizedOperator[];
  /** For each defined function: the number of sized operators before its own; then of all. */
  readonly functionSized: Uint32Array;
  /** The places at which a memory may have grown. */
  readonly growths: readonly MemoryGrowth[];
  /** The calls that can be reached, ascending. */
  readonly calls: readonly CallSite[];
  /** For each defined function: the number of calls before its own; then of all. */
  readonly functionCalls: Uint32Array;
  /** Offsets of what follows the calls that come back. */
  readonly afterCalls: Uint32Array;
  /** Offsets of the operators that end a call other than by the function's last `end`. */
  readonly leaves: Uint32Array;
  /** For each defined function: offset of its first operator, and of its last `end`. */
  readonly firstOperators: Uint32Array;
  readonly lastEnds: Uint32Array;
}

/** An operator on many bytes or elements, which `wasmtime-current` charges by its topmost operand. */
export interface SizedOperator {
  readonly at: number;
  /** One past it. */
  readonly end: number;
  /** Whether it may answer -1, and is then not charged. */
  readonly grows: boolean;
}

/** A `memory.grow` that can be reached. */
export interface MemoryGrowth {
  /** One past it. */
  readonly end: number;
  readonly memory: number;
}

/** A `call`, `call_indirect`, or one of the two that take their function's place. */
export interface CallSite {
  readonly at: number;
  /** Index of the function; -1 for one that only the run knows. */
  readonly callee: number;
  /** Whether it ends the function that it stands in. */
  readonly returns: boolean;
}

/** Finds the points of a module that the metering pass takes. */
export function countingPoints(plan: Plan): CountingPoints {
  const finder = new PointFinder(plan);
  const section = plan.layout.sections.get(sectionId.code);
  if (section !== undefined) {
    const reader = new ByteReader(plan.layout.bytes, section.contentStart, section.end);
    for (let left = reader.u32(); left > 0; left--) {
      const length = reader.u32();
      finder.body(reader.skip(length));
    }
  }
  return finder.points();
}

class PointFinder {
  private readonly plan: Plan;
  private readonly reader: OperatorReader;
  private readonly stack: ControlStack;
  private readonly at = new Numbers();
  private readonly chargedEnd = new Numbers();
  private readonly charged = new Numbers();
  private readonly functionPoints = new Numbers();
  private readonly bodies = new Numbers();
  private readonly sized: SizedOperator[] = [];
  private readonly functionSized = new Numbers();
  private readonly calls: CallSite[] = [];
  private readonly functionCalls = new Numbers();
  private readonly growths: MemoryGrowth[] = [];
  private readonly afterCalls = new Numbers();
  private readonly leaves = new Numbers();
  private readonly firstOperators = new Numbers();
  private readonly lastEnds = new Numbers();
  private readonly chargesSizes: boolean;
  private reachable = true;
  private readonly sizes: SizeConstants;
  /** Offset of the operator before; -1 at the start. */
  private previous = -1;

  constructor(plan: Plan) {
    this.plan = plan;
    this.stack = new ControlStack(frameMemory(plan.layout.bytes.length));
    this.reader = new OperatorReader(plan.layout.bytes, plan.tables);
    this.chargesSizes = plan.options.model === 'wasmtime-current';
    this.sizes = new SizeConstants(plan);
  }

  points(): CountingPoints {
    this.noteFunction();
    return {
      at: this.at.all,
      chargedEnd: this.chargedEnd.all,
      charged: this.charged.all,
      functionPoints: this.functionPoints.all,
      bodies: this.bodies.all,
      sized: this.sized,
      functionSized: this.functionSized.all,
      calls: this.calls,
      functionCalls: this.functionCalls.all,
      growths: this.growths,
      afterCalls: this.afterCalls.all,
      leaves: this.leaves.all,
      firstOperators: this.firstOperators.all,
      lastEnds: this.lastEnds.all,
    };
  }

  body(start: number): void {
    const { reader, stack } = this;
    const { cost } = this.plan.tables;
    this.enter(start);
    while (stack.depth > 0) {
      const kind = reader.read();
      if (this.reachable && cost[reader.opcode]! > 0) this.charged.push(reader.at);
      this.operator(kind);
      this.previous = reader.at;
    }
    this.lastEnds.push(reader.at);
  }

  private enter(start: number): void {
    const { reader, stack } = this;
    this.previous = -1;
    this.sizes.enter(this.plan.layout.importedFunctions + this.bodies.length, start);
    this.bodies.push(start);
    this.noteFunction();
    this.charged.push(start);
    this.reachable = true;
    reader.enter(start);
    this.firstOperators.push(reader.next);
    stack.clear();
    stack.push(frameKind.block, true, false, false);
  }

  /** Notes where the lists are at a function's start, and at the end. */
  private noteFunction(): void {
    this.functionPoints.push(this.at.length);
    this.functionSized.push(this.sized.length);
    this.functionCalls.push(this.calls.length);
  }

  private operator(kind: number): void {
    const { reader, stack } = this;
    const { opcode } = reader;
    switch (kind) {
      case immediates.none:
        if (opcode === op.end) this.end();
        else if (opcode === op.else) {
          this.add();
          this.reachable = stack.takeElse(this.reachable, false);
        } else if (opcode === op.return) this.returns();
        else if (opcode === op.unreachable) this.leave();
        break;
      case immediates.blockType:
        if (opcode !== op.block) this.add();
        stack.push(
          opcode === op.block ? frameKind.block : opcode === op.loop ? frameKind.loop : frameKind.if,
          this.reachable,
          false,
          false,
        );
        break;
      case immediates.label:
        if (this.reachable) stack.branchTo(reader.label, false);
        if (opcode === op.br) this.leave();
        else this.add();
        break;
      case immediates.labels:
        if (this.reachable) reader.labels.forEach((label) => stack.branchTo(label, false));
        this.leave();
        break;
      case immediates.func:
      case immediates.typeTable:
        this.call();
        if (opcode === op.returnCall || opcode === op.returnCallIndirect) this.returns();
        else {
          this.add();
          if (this.reachable) this.afterCalls.push(reader.next);
        }
        break;
      case immediates.memoryAccess:
      case immediates.memoryLane: {
        const size = this.plan.tables.accessBytes[opcode]!;
        if (reader.offset + size > this.plan.memoryBytes[reader.memory]!) this.leave();
        break;
      }
      case immediates.sized:
      case immediates.sizedPair:
      case immediates.sizedGrow:
        if (this.chargesSizes && this.reachable) this.size(kind === immediates.sizedGrow);
        if (opcode === op.memoryGrow && this.reachable) {
          const memory = new ByteReader(this.plan.layout.bytes, reader.at + 1, reader.next).u32();
          this.growths.push({ end: reader.next, memory });
        }
        break;
    }
  }

  private call(): void {
    const { reader } = this;
    const { opcode, at, next } = reader;
    if (!this.reachable) return;
    const isDirect = opcode === op.call || opcode === op.returnCall;
    const callee = isDirect ? new ByteReader(this.plan.layout.bytes, at + 1, next).u32() : -1;
    this.calls.push({ at, callee, returns: opcode === op.returnCall || opcode === op.returnCallIndirect });
  }

  private size(grows: boolean): void {
    const { reader } = this;
    const constant = this.sizes.size(reader.at, this.previous);
    if (constant >= 0) {
      for (let left = constant; left > 0; left--) this.charged.push(reader.at);
      return;
    }
    this.add();
    this.sized.push({ at: reader.at, end: reader.next, grows });
  }

  private end(): void {
    if (this.stack.depth === 1 || this.stack.topJoins) this.add();
    this.reachable = this.stack.pop(this.reachable);
  }

  /** A point before the operator that was read, where anything was charged since the last. */
  private add(): void {
    if (!this.reachable) return;
    const before = this.chargedEnd.length === 0 ? 0 : this.chargedEnd.all[this.chargedEnd.length - 1]!;
    if (this.charged.length === before) return;
    this.at.push(this.reader.at);
    this.chargedEnd.push(this.charged.length);
  }

  private returns(): void {
    if (this.reachable) this.leaves.push(this.reader.at);
    this.leave();
  }

  private leave(): void {
    this.add();
    this.reachable = false;
  }
}
