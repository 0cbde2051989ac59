import type { ModuleCounts } from '../fuel/profile/counts.ts';
import { demangle } from '../rust/demangle.ts';
import type { CodePlace } from '../wasm/dwarf/inlinedCode.ts';
import { beginning, functionDescriber } from './describe.ts';
import type { FunctionTable } from './functionTable.ts';
import { callsOf } from './moduleCosts.ts';

/** Where the code of an inlined function lies, as far as it was seen. */
interface InlinedFunction {
  readonly name: string | null;
  /** Its lines, by file. */
  readonly lines: Map<string, { operators: number; first: number }>;
}

/** Rows of one module's functions: of those that it defines, and of those whose copies are within them. */
export class FunctionRows {
  readonly #functions: FunctionTable;
  readonly #counted: ModuleCounts;
  readonly #describe: ReturnType<typeof functionDescriber>;
  readonly #rows: number[] = [];
  /** For each operator that is charged, of functions that ran. */
  readonly #code: CodePlace[] = [];
  readonly #inlined = new Map<number, InlinedFunction>();
  readonly #inlinedRows = new Map<number, number>();
  readonly #ofContexts: (readonly number[])[] = [];

  constructor(counted: ModuleCounts, functions: FunctionTable) {
    this.#functions = functions;
    this.#counted = counted;
    const { points, code } = counted;
    this.#describe = functionDescriber(counted, code.info);
    const { charged, chargedEnd, functionPoints, bodies } = points;
    bodies.forEach((start, index) => {
      if (callsOf(counted, index) === 0) return;
      const from = chargedEnd[functionPoints[index]! - 1] ?? 0;
      const end = chargedEnd[functionPoints[index + 1]! - 1] ?? 0;
      for (let n = from; n < end; n++) {
        const offset = charged[n]!;
        if (offset === start) this.#code[n] = code.at(beginning(points, code.info, index));
        else this.#see((this.#code[n] = code.at(offset)));
      }
    });
    if (this.#inlined.size === 0) return;
    // One that is there by itself as well has the row of that.
    bodies.forEach((_start, index) => {
      const origin = code.info?.origin(beginning(points, code.info, index)) ?? -1;
      if (this.#inlined.has(origin)) this.#inlinedRows.set(origin, this.of(index));
    });
  }

  /** Of a defined function, by its index among these. */
  of(index: number): number {
    return (this.#rows[index] ??= this.#functions.row(this.#describe(index)));
  }

  /** Of what is inlined in a function's code of a context, outermost first. */
  inlined(context: number): readonly number[] {
    return (this.#ofContexts[context] ??= this.#counted.code
      .origins(context)
      .map((origin) => this.#ofInlined(origin)));
  }

  /** Where the n-th operator that is charged comes from; a function's own unit is charged where the function begins. */
  code(n: number): CodePlace {
    return this.#code[n]!;
  }

  /** Notes the lines of the functions that the code is of: of all that are inlined there, the innermost has the place. */
  #see({ place, copies }: CodePlace): void {
    let at = place;
    for (let n = copies.length - 1; n >= 0; n--) {
      const { origin, function: name, call } = copies[n]!;
      let seen = this.#inlined.get(origin);
      if (seen === undefined) this.#inlined.set(origin, (seen = { name, lines: new Map() }));
      if (at !== null && at.line > 0) {
        const lines = seen.lines.get(at.file);
        if (lines === undefined) seen.lines.set(at.file, { operators: 1, first: at.line });
        else {
          lines.operators++;
          lines.first = Math.min(lines.first, at.line);
        }
      }
      at = call;
    }
  }

  /** One that is nowhere by itself is placed at the first of its lines that there is code of. */
  #ofInlined(origin: number): number {
    let row = this.#inlinedRows.get(origin);
    if (row === undefined) {
      const seen = this.#inlined.get(origin);
      const [file, lines] = [...(seen?.lines ?? [])].reduce<
        [string, { operators: number; first: number }] | []
      >((most, one) => (most[1] !== undefined && most[1].operators >= one[1].operators ? most : one), []);
      row = this.#functions.row({
        name: seen?.name == null ? '(inlined)' : demangle(seen.name),
        file: file ?? null,
        line: lines?.first ?? null,
      });
      this.#inlinedRows.set(origin, row);
    }
    this.#functions.add(row, { inlined: 0 });
    return row;
  }
}
