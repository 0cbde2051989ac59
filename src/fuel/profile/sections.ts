import { op } from '../emit.ts';
import type { ByteWriter } from '../../wasm/byteWriter.ts';
import { sectionId } from '../../wasm/sections.ts';
import { valueType } from '../../wasm/types.ts';
import { enterFunction, grownFunction, rootEntry, rootSlot } from './callTree.ts';
import { countersPerReader, profileExports, type ProfilePlan } from './profilePlan.ts';

type EntryWriter = (out: ByteWriter) => void;

const functionForm = 0x60;
const mutable = 1;
const hasMaximum = 1;
const exportKind = { function: 0, memory: 2, global: 3 } as const;

/** The entries to append to a section of the metered module; none where it stays as it is. */
export function sectionAdditions(id: number, plan: ProfilePlan): EntryWriter[] {
  return plan.points.at.length === 0 ? [] : (additions.get(id)?.(plan) ?? []);
}

const additions = new Map<number, (plan: ProfilePlan) => EntryWriter[]>([
  [
    sectionId.type,
    (plan) => [
      ...readers(plan).map(({ from, to }) => (out: ByteWriter) => {
        out.raw(functionForm, 0);
        out.u32(to - from);
        for (let n = from; n < to; n++) out.u8(valueType.i64);
      }),
      ...(plan.tree === null
        ? []
        : [
            (out: ByteWriter) => out.raw(functionForm, 2, valueType.i32, valueType.i32, 1, valueType.i32),
            (out: ByteWriter) => out.raw(functionForm, 2, valueType.i32, valueType.i32, 0),
          ]),
    ],
  ],
  [
    sectionId.function,
    ({ layout, readers: count, tree }) =>
      Array.from({ length: tree === null ? count : 2 }, (_, n) => (out: ByteWriter) => {
        out.u32(layout.types.length + n);
      }),
  ],
  [
    sectionId.memory,
    ({ tree }) =>
      tree === null ? [] : [(out) => limits(out, tree.memoryLayout.pages, tree.memoryLayout.mostPages)],
  ],
  [sectionId.global, globals],
  [sectionId.export, exports],
  [
    sectionId.code,
    (plan) => {
      if (plan.tree === null) {
        return readers(plan).map(({ from, to }) => (out: ByteWriter) => {
          const size = out.placeholder();
          out.u8(0);
          for (let n = from; n < to; n++) {
            out.u8(op.globalGet);
            out.u32(plan.firstCounter + n);
          }
          out.u8(op.end);
          out.patchLength(size);
        });
      }
      return [enterFunction(plan.tree), grownFunction(plan.tree)].map((body) => (out: ByteWriter) => {
        out.u32(body.length);
        out.copy(body, 0, body.length);
      });
    },
  ],
]);

/** For each function that returns counters: which. */
function readers({ counters, readers: count }: ProfilePlan): { from: number; to: number }[] {
  return Array.from({ length: count }, (_, n) => {
    return { from: n * countersPerReader, to: Math.min((n + 1) * countersPerReader, counters) };
  });
}

function globals({ counters, tree }: ProfilePlan): EntryWriter[] {
  const i64 = (out: ByteWriter) => out.raw(valueType.i64, mutable, op.i64Const, 0, op.end);
  const i32 = (value: number) => (out: ByteWriter) => {
    out.raw(valueType.i32, mutable);
    constant(out, value);
  };
  return [
    ...Array<EntryWriter>(counters).fill(i64),
    ...Array<EntryWriter>(2).fill(i32(0)),
    ...(tree === null ? [] : [i32(rootEntry), i32(rootSlot), i32(tree.firstEntry)]),
  ];
}

function exports({ layout, readers: count, tree }: ProfilePlan): EntryWriter[] {
  const one = (name: string, kind: number, index: number) => (out: ByteWriter) => {
    out.name(name);
    out.u8(kind);
    out.u32(index);
  };
  if (tree === null) {
    return Array.from({ length: count }, (_, n) =>
      one(profileExports.counters(n), exportKind.function, layout.functions.length + n),
    );
  }
  return [
    one(profileExports.tree, exportKind.memory, tree.memory),
    one(profileExports.treeTop, exportKind.global, tree.top),
    one(profileExports.treeCurrent, exportKind.global, tree.current),
  ];
}

function limits(out: ByteWriter, minimum: number, maximum: number): void {
  out.u8(hasMaximum);
  out.u32(minimum);
  out.u32(maximum);
}

/** A constant expression of an i32. */
function constant(out: ByteWriter, value: number): void {
  out.u8(op.i32Const);
  out.signed(value);
  out.u8(op.end);
}
