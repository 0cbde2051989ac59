/** A value: an index into {@link SsaBuilder}'s; all that are no small constants are {@link unknown}. */
export type Value = number;
export const unknown: Value = 0;

/** A stretch of code that is entered at its beginning only. */
export interface BasicBlock {
  readonly predecessors: BasicBlock[];
  /** Whether all predecessors are known. */
  isSealed: boolean;
  /** Of a sealed block that has just one. */
  single: BasicBlock | null;
  /** Values of locals, as far as they were set or asked for here. */
  readonly locals: Map<number, Value>;
  /** Locals that were asked for before all predecessors were known, and the values that stand for them. */
  waiting: { readonly local: number; readonly value: Value }[];
}

type Step = { readonly block: BasicBlock } | { readonly finish: BasicBlock; readonly value: Value };

/**
 * Tells which value a local has at a place of a function, as Cranelift's SSA construction does while it translates
 * (cranelift-frontend 0.137, `ssa.rs`, after Braun et al., "Simple and Efficient Construction of Static Single
 * Assignment Form"): what it takes for a constant then, wasmtime charges as one.
 */
export class SsaBuilder {
  private readonly constants: number[] = [-1];
  private readonly aliases: Value[] = [unknown];

  /** @param isSealed whether no predecessors will be added */
  block(predecessors: BasicBlock[], isSealed: boolean): BasicBlock {
    const single = isSealed && predecessors.length === 1 ? predecessors[0]! : null;
    return { predecessors, isSealed, single, locals: new Map(), waiting: [] };
  }

  /** A value of its own; two of the same constant are not the same value. */
  constant(constant: number): Value {
    this.aliases.push(this.aliases.length);
    return this.constants.push(constant) - 1;
  }

  /** The constant that a value is known to be by now, else -1. */
  constantOf(value: Value): number {
    return this.constants[this.resolve(value)]!;
  }

  /** The value of a local at the end of what is known of a block. */
  use(local: number, block: BasicBlock): Value {
    const steps: Step[] = [{ block }];
    return this.run(local, steps);
  }

  /** To be called once no predecessors will be added any more. */
  seal(block: BasicBlock): void {
    block.isSealed = true;
    if (block.predecessors.length === 1) block.single = block.predecessors[0]!;
    const { waiting } = block;
    block.waiting = [];
    for (const { local, value } of waiting) this.run(local, stepsFor(block, value));
  }

  private run(local: number, steps: Step[]): Value {
    const results: Value[] = [];
    for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
      if ('block' in step) this.find(local, step.block, steps, results);
      else {
        const known = results.splice(results.length - step.finish.predecessors.length);
        results.push(this.meet(step.value, known));
      }
    }
    return results.pop()!;
  }

  /** Follows single predecessors; where more than one lead to the block, all of them are asked first. */
  private find(local: number, from: BasicBlock, steps: Step[], results: Value[]): void {
    let block = from;
    let value = block.locals.get(local);
    while (value === undefined && block.single !== null) {
      block = block.single;
      value = block.locals.get(local);
    }
    if (value !== undefined) results.push(value);
    else {
      value = this.constant(-1);
      block.locals.set(local, value);
      if (block.isSealed) steps.push(...stepsFor(block, value));
      else {
        block.waiting.push({ local, value });
        results.push(value);
      }
    }
    for (let passed = from; passed !== block; passed = passed.single!) passed.locals.set(local, value);
  }

  /** What `value` turns out to be where a block's predecessors come with `values`. */
  private meet(value: Value, values: readonly Value[]): Value {
    const others = values.map((other) => this.resolve(other)).filter((other) => other !== value);
    const [first = unknown] = others;
    if (others.some((other) => other !== first)) return value;
    this.aliases[value] = first;
    return first;
  }

  private resolve(value: Value): Value {
    let resolved = value;
    while (this.aliases[resolved] !== resolved) resolved = this.aliases[resolved]!;
    return resolved;
  }
}

/** Asks a block's predecessors in their order, then decides on `value`. */
function stepsFor(block: BasicBlock, value: Value): Step[] {
  return [
    { finish: block, value },
    ...block.predecessors.map((predecessor) => ({ block: predecessor })).reverse(),
  ];
}
