import { ByteReader, invalidWasm } from '../wasm/byteReader.ts';
import type { ByteWriter } from '../wasm/byteWriter.ts';
import { preambleLength, type Section, sectionId } from '../wasm/sections.ts';
import { type Arena, withArena } from './arena.ts';
import { BodyRewriter } from './bodyRewriter.ts';
import { CodeCursor } from './codeCursor.ts';
import { addedBody } from './addedFunctions.ts';
import { readLayout, sectionOrder } from './layout.ts';
import { type OperatorTables, operatorTables } from './opcodes.ts';
import { makePlan, type MeterOptions, type Passing, passingFor, type Plan } from './plan.ts';
import { writeNames } from './nameRewriter.ts';
import { writeSection } from './sectionRewriter.ts';
import { type StartupCharge, startupCharges } from './startup.ts';

export interface Metered {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** To charge in this order when it is instantiated, before its start function is called. */
  readonly startup: readonly StartupCharge[];
  /**
   * The runs of code that were taken over as they were, where {@link MeterDetails.withRuns} asks for them: triples
   * of offset in the result, offset in the module, and length, ascending.
   */
  readonly runs: readonly number[];
}

const standardTables = operatorTables();

export interface MeterDetails {
  /** Costs and shapes of the operators, where they are not the usual ones. */
  readonly tables?: OperatorTables;
  /** Whether {@link Metered.runs} is wanted. */
  readonly withRuns?: boolean;
}

/**
 * Rewrites a core module so that it counts fuel as wasmtime does (docs/fuel.md). Pure: bytes in, bytes out.
 * What it does not check, V8's validation of the result does; it accepts no module that V8 would refuse.
 *
 * @throws WorkbenchError `invalid-wasm`, `unsupported-proposal`, `memory-minimum-over-limit`
 */
export function meter(bytes: Uint8Array, options: MeterOptions, details: MeterDetails = {}): Metered {
  return withMetered(bytes, options, details, (metered) => ({ ...metered, bytes: metered.bytes.slice() }));
}

/**
 * {@link meter}, for a `use` that needs the result only once: its bytes are overwritten afterwards. Memory that was never
 * touched before takes longer to write to than the pass takes to fill it.
 */
export function withMetered<T>(
  bytes: Uint8Array,
  options: MeterOptions,
  details: MeterDetails,
  use: (metered: Metered) => T,
): T {
  const { tables = standardTables, withRuns = false } = details;
  // One kind of array for all callers, Node's Buffer included, is what the JIT compiles best.
  const layout = readLayout(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length));
  // What the code does may forbid what the module's shape allows; only the pass over the code can tell.
  return withArena((arena) => {
    for (const passing of new Set<Passing>([passingFor(layout), 'direct', 'global'])) {
      const metered = rewrite(makePlan(layout, tables, options, passing), arena, withRuns ? [] : null);
      if (metered !== null) return use(metered);
    }
    throw new Error('passing the count through the global is always possible');
  });
}

/** Null where the code can't be rewritten with the plan's way of passing the count. */
function rewrite(plan: Plan, arena: Arena, runs: number[] | null): Metered | null {
  const { layout } = plan;
  const { bytes } = layout;
  const out = arena.begin(plan);
  out.copy(bytes, 0, preambleLength);
  for (const id of sectionOrder) {
    const section = layout.sections.get(id);
    if (id !== sectionId.code) writeSection(plan, id, section, out);
    else if (!writeCode(plan, arena, section, out, runs)) return null;
  }
  writeNames(plan, out);
  return { bytes: out.written(), startup: startupCharges(plan), runs: runs ?? [] };
}

/** Returns false where the code can't be rewritten with the plan. */
function writeCode(
  plan: Plan,
  arena: Arena,
  section: Section | undefined,
  out: ByteWriter,
  runs: number[] | null,
): boolean {
  const { layout, addedFunctions } = plan;
  const defined = layout.functions.length - layout.importedFunctions;
  if (section === undefined) {
    if (defined > 0) throw invalidWasm('functions without a code section', layout.bytes.length);
    if (addedFunctions.length === 0) return true;
  }
  out.u8(sectionId.code);
  const size = out.placeholder();
  out.u32(defined + addedFunctions.length);
  if (section !== undefined) {
    const reader = new ByteReader(layout.bytes, section.contentStart, section.end);
    if (reader.u32() !== defined) {
      throw invalidWasm('a code section that does not match the function section', section.start);
    }
    const source = new CodeCursor(layout.bytes, section.end, out, runs);
    const rewriter = new BodyRewriter(plan, arena, source, out);
    for (let n = layout.importedFunctions; n < layout.functions.length; n++) {
      const length = reader.u32();
      const start = reader.skip(length);
      if (!rewriter.rewrite(n, start, start + length)) return false;
    }
    source.standFor(null);
    if (!reader.atEnd) throw invalidWasm('a code section longer than its contents', reader.position);
  }
  for (const added of addedFunctions) {
    const body = addedBody(plan, added);
    out.u32(body.length);
    out.copy(body, 0, body.length);
  }
  out.patchLength(size);
  return true;
}
