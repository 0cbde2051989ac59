import { ByteReader } from '../../wasm/byteReader.ts';
import { ByteWriter } from '../../wasm/byteWriter.ts';
import { sectionId } from '../../wasm/sections.ts';
import { valueType } from '../../wasm/types.ts';
import { type Layout, readLayout, sectionOrder } from '../layout.ts';
import { insertionsOf, writeInsertion } from './insertions.ts';
import type { CountingPoints } from './countingPoints.ts';
import { Runs } from './runs.ts';

/** Values that one reader returns: V8's limit of results of a function. */
export const countersPerReader = 1000;

/** The exported name of the function that returns the n-th thousand counters. */
export function readerExport(n: number): string {
  return `wasi-workbench:counters${n}`;
}

export interface Instrumented {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What of the code came from where in the metered module. */
  readonly runs: Runs;
  /** Counters in the order of the points, then of the sized operators. */
  readonly counters: number;
}

/**
 * Adds a counter for each counting point to a metered module: mutable i64 globals, which V8 reaches fastest, and
 * functions that return them. It inserts into code only what leaves the operand stack as it was, and knows nothing
 * of what the metering pass adds.
 *
 * @param metered where the operators of the source stand in the metered module
 */
export function instrument(bytes: Uint8Array, points: CountingPoints, metered: Runs): Instrumented {
  const layout = readLayout(bytes);
  const counters = points.at.length + points.sized.length;
  const readers = Math.ceil(counters / countersPerReader);
  const added: Added = { layout, counters, readers, firstGlobal: layout.globals };
  const insertions = insertionsOf(points, metered);
  const out = new ByteWriter(bytes.length + counters * 16 + 4096);
  const runs = new Runs();
  out.copy(bytes, 0, 8);
  for (const id of sectionOrder) {
    const section = layout.sections.get(id);
    const write = writers.get(id);
    if (write === undefined || readers === 0) {
      if (section !== undefined) copy(section.start, section.end);
      continue;
    }
    out.u8(id);
    const size = out.placeholder();
    const content = section === undefined ? emptyVector() : new ByteReader(bytes, section.contentStart, section.end);
    out.u32(content.u32() + write.count(added));
    if (id === sectionId.code) writeBodies(content);
    else out.copy(content.bytes, content.position, content.end);
    write.entries(added, out);
    out.patchLength(size);
  }
  for (const { start, end } of layout.customSections) copy(start, end);
  return { bytes: out.written(), runs, counters };

  function copy(from: number, to: number): void {
    runs.add(out.position, from, to - from);
    out.copy(bytes, from, to);
  }

  function writeBodies(reader: ByteReader): void {
    let next = 0;
    while (!reader.atEnd) {
      const length = reader.u32();
      let from = reader.skip(length);
      const end = from + length;
      const size = out.placeholder();
      for (; next < insertions.length && insertions[next]!.at < end; next++) {
        const insertion = insertions[next]!;
        copy(from, insertion.at);
        from = insertion.at;
        writeInsertion(insertion, layout.globals, counters, out);
      }
      copy(from, end);
      out.patchLength(size);
    }
  }
}

interface Added {
  readonly layout: Layout;
  readonly counters: number;
  readonly readers: number;
  readonly firstGlobal: number;
}

interface SectionWriter {
  readonly count: (added: Added) => number;
  readonly entries: (added: Added, out: ByteWriter) => void;
}

const functionForm = 0x60;
const functionKind = 0;
const mutable = 1;
const op = { end: 0x0b, globalGet: 0x23, i32Const: 0x41, i64Const: 0x42 } as const;

/** How many globals besides the counters: for the operand and the result of a sized operator. */
const scratchGlobals = 2;

const writers = new Map<number, SectionWriter>([
  [
    sectionId.type,
    {
      count: ({ readers }) => readers,
      entries: (added, out) => {
        eachReader(added, (from, to) => {
          out.raw(functionForm, 0);
          out.u32(to - from);
          for (let n = from; n < to; n++) out.u8(valueType.i64);
        });
      },
    },
  ],
  [
    sectionId.function,
    {
      count: ({ readers }) => readers,
      entries: ({ layout, readers }, out) => {
        for (let n = 0; n < readers; n++) out.u32(layout.types.length + n);
      },
    },
  ],
  [
    sectionId.global,
    {
      count: ({ counters }) => counters + scratchGlobals,
      entries: ({ counters }, out) => {
        for (let n = 0; n < counters; n++) out.raw(valueType.i64, mutable, op.i64Const, 0, op.end);
        for (let n = 0; n < scratchGlobals; n++) out.raw(valueType.i32, mutable, op.i32Const, 0, op.end);
      },
    },
  ],
  [
    sectionId.export,
    {
      count: ({ readers }) => readers,
      entries: ({ layout, readers }, out) => {
        for (let n = 0; n < readers; n++) {
          out.name(readerExport(n));
          out.u8(functionKind);
          out.u32(layout.functions.length + n);
        }
      },
    },
  ],
  [
    sectionId.code,
    {
      count: ({ readers }) => readers,
      entries: (added, out) => {
        eachReader(added, (from, to) => {
          const size = out.placeholder();
          out.u8(0);
          for (let n = from; n < to; n++) {
            out.u8(op.globalGet);
            out.u32(added.firstGlobal + n);
          }
          out.u8(op.end);
          out.patchLength(size);
        });
      },
    },
  ],
]);

function eachReader({ counters, readers }: Added, write: (from: number, to: number) => void): void {
  for (let n = 0; n < readers; n++) {
    write(n * countersPerReader, Math.min((n + 1) * countersPerReader, counters));
  }
}

function emptyVector(): ByteReader {
  return new ByteReader(Uint8Array.of(0));
}
