import type { ProfiledFunction } from '../shared/profile.ts';
import type { FunctionIdentity } from './describe.ts';

type Costs = Pick<ProfiledFunction, 'calls' | 'self' | 'total' | 'inlined'>;

/** The functions of a run, by row, with what they cost so far. */
export class FunctionTable {
  readonly #rows: (FunctionIdentity & { -readonly [Key in keyof Costs]: Costs[Key] })[] = [];
  readonly #byIdentity = new Map<string, number>();

  /** The row of a function, which is new where none has its name and place. */
  row(identity: FunctionIdentity): number {
    const key = `${identity.line} ${identity.name} ${identity.file}`;
    let row = this.#byIdentity.get(key);
    if (row === undefined) {
      row = this.#rows.push({ ...identity, calls: 0, self: 0, total: 0 }) - 1;
      this.#byIdentity.set(key, row);
    }
    return row;
  }

  add(row: number, { calls = 0, self = 0, total = 0, inlined }: Partial<Costs>): void {
    const costs = this.#rows[row]!;
    costs.calls += calls;
    costs.self += self;
    costs.total += total;
    if (inlined !== undefined) costs.inlined = (costs.inlined ?? 0) + inlined;
  }

  file(row: number): string | null {
    return this.#rows[row]!.file;
  }

  /** Dearest first, and where each row stands then. */
  sorted(): { sorted: ProfiledFunction[]; position: number[] } {
    const order = [...this.#rows.keys()].sort((a, b) => {
      const [one, other] = [this.#rows[a]!, this.#rows[b]!];
      return other.self - one.self || other.total - one.total || a - b;
    });
    const position: number[] = [];
    order.forEach((row, at) => (position[row] = at));
    return { sorted: order.map((row) => this.#rows[row]!), position };
  }
}
