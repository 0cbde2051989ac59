import { WorkbenchError } from '../../shared/workbenchError.ts';
import { sectionId } from '../sections.ts';
import { coreSections } from '../coreModule.ts';
import { type CodeChain, CodeChains } from './codeChains.ts';
import { Cursor } from './cursor.ts';
import { attribute, type Entry, readEntry } from './entries.ts';
import { form, textOf } from './forms.ts';
import { type FunctionCode, readFunctions } from './functions.ts';
import { LineTable, type SourcePlace } from './lineTable.ts';
import { lastFrom } from './lookup.ts';
import { type DwarfSections, dwarfSections } from './sections.ts';
import { UnitRanges } from './unitRanges.ts';
import { readUnits, type Unit } from './units.ts';

/** One of the source's frames at a piece of code. */
export interface SourceFrame {
  /** As the symbol is called, else as the source calls it; null where it is not told. */
  readonly function: string | null;
  readonly place: SourcePlace | null;
}

/** A copy of a function within another. */
export interface InlinedCopy {
  /** What copies of one function in one unit have in common, with the function itself where it is there too. */
  readonly origin: number;
  readonly function: string | null;
  /** Where it was called. */
  readonly call: SourcePlace | null;
}

const none: readonly InlinedCopy[] = [];
const noChain: CodeChain = [];

/** What a module's DWARF tells of where its code comes from. Offsets are from the start of the module. */
export class DebugInfo {
  readonly #sections: DwarfSections;
  readonly #codeStart: number;
  readonly #codeSize: number;
  readonly #units: readonly Unit[];
  readonly #lines: LineTable;
  readonly #unitRanges: UnitRanges;
  /** By unit; by null all of them. */
  #functions: ReadonlyMap<Unit | null, readonly FunctionCode[]> | null = null;
  readonly #names = new Map<number, string | null>();
  readonly #origins = new Map<number, number>();
  readonly #chains = new Map<FunctionCode, CodeChains>();
  readonly #copies = new Map<CodeChain, readonly InlinedCopy[]>();

  private constructor(sections: DwarfSections, codeStart: number, codeSize: number) {
    this.#sections = sections;
    this.#codeStart = codeStart;
    this.#codeSize = codeSize;
    this.#units = readUnits(sections);
    this.#unitRanges = new UnitRanges(this.#units, codeSize);
    const folders = new Map(this.#units.map(({ stmtList, compDir }) => [stmtList, compDir]));
    this.#lines = new LineTable(sections, codeSize, (start) => folders.get(start) ?? '');
  }

  /** Of a core module; null where it has no line tables, or what can't be read. */
  static read(bytes: Uint8Array): DebugInfo | null {
    try {
      const found = dwarfSections(bytes);
      if (found === null) return null;
      const code = coreSections(bytes).find(({ id }) => id === sectionId.code)!;
      return new DebugInfo(found.sections, found.codeStart, code.end - code.contentStart);
    } catch (error) {
      if (isUnreadable(error)) return null;
      throw error;
    }
  }

  /** Where the code at an offset comes from, innermost: inlined code has its own place. */
  place(offset: number): SourcePlace | null {
    return this.#place(offset - this.#codeStart);
  }

  /**
   * What is inlined in the function at an offset, outermost first; empty for the function's own code. It is the same
   * list wherever the same copies are.
   */
  inlined(offset: number): readonly InlinedCopy[] {
    return this.#read(none, () => {
      const chain = this.#chain(offset - this.#codeStart);
      let copies = this.#copies.get(chain);
      if (copies === undefined) {
        copies = chain.filter(({ call }) => call !== null).map((code) => this.#copy(code));
        this.#copies.set(chain, copies);
      }
      return copies;
    });
  }

  /** The {@link InlinedCopy.origin} of the function at an offset; null where it is not told. */
  origin(offset: number): number | null {
    return this.#read(null, () => {
      const [code] = this.#chain(offset - this.#codeStart);
      return code === undefined ? null : this.#origin(code.entry);
    });
  }

  /** The frames of the code at an offset, innermost first: what is inlined there, then the function. */
  frames(offset: number): SourceFrame[] {
    const address = offset - this.#codeStart;
    let place = this.#place(address);
    const frames = this.#read([], () => {
      return this.#chain(address)
        .toReversed()
        .map((code): SourceFrame => {
          const frame = { function: this.#name(code.entry), place };
          place = this.#callPlace(code);
          return frame;
        });
    });
    return frames.length > 0 || place === null ? frames : [{ function: null, place }];
  }

  /** What `read` returns, or the other where the module's DWARF can't be read there. */
  #read<T>(otherwise: T, read: () => T): T {
    try {
      return read();
    } catch (error) {
      if (isUnreadable(error)) return otherwise;
      throw error;
    }
  }

  /** The function at an address and what of its inlined code is there, outermost first. */
  #chain(address: number): CodeChain {
    this.#functions ??= this.#readFunctions();
    const found = at(this.#functions.get(this.#unitRanges.at(address)) ?? [], address);
    if (found === undefined) return noChain;
    let chains = this.#chains.get(found);
    if (chains === undefined) this.#chains.set(found, (chains = new CodeChains(found)));
    return chains.at(address);
  }

  #readFunctions(): Map<Unit | null, readonly FunctionCode[]> {
    const all = readFunctions(this.#units, this.#sections, this.#codeSize);
    const functions = new Map<Unit | null, FunctionCode[]>([[null, all]]);
    for (const code of all) {
      const known = functions.get(code.unit);
      if (known === undefined) functions.set(code.unit, [code]);
      else known.push(code);
    }
    return functions;
  }

  #place(address: number): SourcePlace | null {
    return this.#lines.place(address, this.#unitRanges.at(address)?.stmtList ?? null);
  }

  #copy(code: FunctionCode): InlinedCopy {
    return {
      origin: this.#origin(code.entry),
      function: this.#name(this.#origin(code.entry)),
      call: this.#callPlace(code),
    };
  }

  #callPlace({ call, unit }: FunctionCode): SourcePlace | null {
    const file = call && this.#lines.headers.get(unit.stmtList ?? -1)?.files[call.file];
    return call === null || !file ? null : { file, line: call.line, column: call.column };
  }

  /** The entry that an entry is a copy of, else the entry itself. */
  #origin(offset: number): number {
    let origin = this.#origins.get(offset);
    if (origin === undefined) {
      const of = this.#entry(offset)?.attributes.get(attribute.abstractOrigin);
      origin = of === undefined || of.form === form.refSig8 ? offset : this.#origin(Number(of.value));
      this.#origins.set(offset, origin);
    }
    return origin;
  }

  /** The name that an entry has, or the one that it refers to. */
  #name(offset: number): string | null {
    const known = this.#names.get(offset);
    if (known !== undefined) return known;
    const found = this.#entry(offset);
    this.#names.set(offset, null);
    if (found === null) return null;
    const { attributes, unit } = found;
    const text = (name: number): string | null => {
      const value = attributes.get(name);
      return value === undefined ? null : textOf(value.form, value.value, this.#sections, unit);
    };
    const refersTo = attributes.get(attribute.abstractOrigin) ?? attributes.get(attribute.specification);
    const elsewhere =
      refersTo !== undefined && refersTo.form !== form.refSig8 ? this.#name(Number(refersTo.value)) : null;
    const name =
      text(attribute.linkageName) ?? text(attribute.mipsLinkageName) ?? elsewhere ?? text(attribute.name);
    this.#names.set(offset, name);
    return name;
  }

  #entry(offset: number): (Entry & { readonly unit: Unit }) | null {
    const unit = lastFrom(this.#units, offset, ({ start }) => start);
    const entry = unit && readEntry(new Cursor(this.#sections.info, offset), unit);
    return unit && entry ? { ...entry, unit } : null;
  }
}

/** The function that has the address, among those sorted by their first range. */
function at(functions: readonly FunctionCode[], address: number): FunctionCode | undefined {
  const found = lastFrom(functions, address, ({ ranges }) => ranges[0]!.low);
  return found !== undefined && contains(found, address) ? found : undefined;
}

function contains({ ranges }: FunctionCode, address: number): boolean {
  return ranges.some(({ low, high }) => low <= address && address < high);
}

/** Cut off, of a form that is unknown, or no module at all. */
function isUnreadable(error: unknown): boolean {
  return error instanceof RangeError || error instanceof WorkbenchError;
}
