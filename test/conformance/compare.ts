import type { FuelModel } from '../../src/shared/fuelModel.ts';
import type { Oracle } from './oracle.ts';
import { runOurs } from './ours.ts';
import { difference, type Outcome } from './outcome.ts';
import { defaultFuel, denselyTried, type Program } from './program.ts';

export interface Difference {
  readonly program: string;
  readonly limit: number;
  readonly what: string;
  /** wasmtime's frames at the first check from which on the two differ; null where none was found. */
  readonly where: string | null;
}

/** Holds our engine against one oracle under one model. */
export class Comparison {
  readonly #oracle: Oracle;
  readonly #model: FuelModel;

  constructor(oracle: Oracle, model: FuelModel) {
    this.#oracle = oracle;
    this.#model = model;
  }

  /** Runs the program once, profiled too, and under every limit where it asks for that; null where all is equal. */
  async run(program: Program): Promise<Difference | null> {
    const fuel = program.fuel ?? defaultFuel;
    const { outcomes } = await this.#oracle.run(program, [fuel]);
    const ours = await runOurs(program, this.#model, fuel);
    const what = difference(outcomes[0]!, ours);
    if (what !== null) {
      return { program: program.name, limit: fuel, what, where: await this.#locate(program, outcomes[0]!) };
    }
    const profiled = await this.#profiled(program, fuel, ours);
    if (profiled !== null) return { program: program.name, limit: fuel, what: profiled, where: null };
    return program.everyLimit === true ? this.#everyLimit(program, outcomes[0]!.fuel) : null;
  }

  /** Holds a profiled run, whose code has counters in it, to one that is not; of commands that would take long. */
  async #profiled(program: Program, fuel: number, plain: Outcome): Promise<string | null> {
    if (program.kind !== 'core') return null;
    const what = difference(plain, await runOurs(program, this.#model, fuel, 'code and calls'));
    return what && `a profiled run differs from one that is not, here called wasmtime's: ${what}`;
  }

  async #everyLimit(program: Program, cost: number): Promise<Difference | null> {
    const limits = limitsUpTo(cost);
    const { outcomes } = await this.#oracle.run(program, limits);
    for (const [index, limit] of limits.entries()) {
      const expected = outcomes[index]!;
      const what = difference(expected, await runOurs(program, this.#model, limit));
      if (what !== null) return { program: program.name, limit, what, where: frames(expected) };
    }
    return null;
  }

  /**
   * Looks for the least limit under which the two differ. wasmtime stops there at a function's entry or a loop's
   * header, so its backtrace names the block in which the difference arose, or the one after it.
   */
  async #locate(program: Program, full: Outcome): Promise<string | null> {
    let equal = 0;
    let differing = full.fuel;
    let where: string | null = null;
    while (differing - equal > 1) {
      const limit = Math.floor((equal + differing) / 2);
      const { outcomes } = await this.#oracle.run(program, [limit]);
      const same = difference(outcomes[0]!, await runOurs(program, this.#model, limit)) === null;
      if (same) equal = limit;
      else {
        differing = limit;
        where = frames(outcomes[0]!);
      }
    }
    return where === null ? null : `from a limit of ${differing} on:\n${where}`;
  }
}

function frames(outcome: Outcome): string | null {
  const text = [outcome, ...outcome.calls]
    .map((ending) => ending.detail ?? '')
    .find((detail) => detail !== '');
  return (
    text
      ?.match(/^\s+\d+:.*$/gm)
      ?.slice(0, 4)
      .join('\n') ?? null
  );
}

/** All limits up to {@link denselyTried}, then evenly spread ones, the cost itself and one more. */
function limitsUpTo(cost: number): number[] {
  const dense = Math.min(cost + 1, denselyTried);
  const limits = Array.from({ length: dense }, (_, index) => index + 1);
  const step = Math.max(1, Math.floor((cost - dense) / 200));
  for (let limit = dense + step; limit < cost - 1; limit += step) limits.push(limit);
  return cost + 1 > dense ? [...limits, cost - 1, cost, cost + 1] : limits;
}
