import { ByteReader, invalidWasm } from '../wasm/byteReader.ts';
import { ByteWriter } from '../wasm/byteWriter.ts';
import { type Section, sectionId } from '../wasm/sections.ts';
import { BodyRewriter, type RunListener } from './bodyRewriter.ts';
import { readLayout, sectionOrder } from './layout.ts';
import { type OperatorTables, operatorTables } from './opcodes.ts';
import { makePlan, type MeterOptions, type Plan } from './plan.ts';
import { writeNames } from './nameRewriter.ts';
import * as sections from './sectionRewriter.ts';
import { startupFuel } from './startup.ts';

export interface Metered {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Units to charge when it is instantiated, before its start function is called. */
  readonly startupFuel: number;
}

const standardTables = operatorTables();

/**
 * Rewrites a core module so that it counts fuel as wasmtime does (docs/fuel.md). Pure: bytes in, bytes out.
 * What it does not check, V8's validation of the result does; it accepts no module that V8 would refuse.
 *
 * @param tables costs and shapes of the operators
 * @param onRun told of each run of code that is taken over, in order
 * @throws WorkbenchError `invalid-wasm`, `unsupported-proposal`, `memory-minimum-over-limit`
 */
export function meter(
  bytes: Uint8Array,
  options: MeterOptions,
  tables: OperatorTables = standardTables,
  onRun: RunListener | null = null,
): Metered {
  const layout = readLayout(bytes);
  const plan = makePlan(layout, tables, options);
  const out = new ByteWriter(bytes.length + (bytes.length >> 1) + 4096);
  out.copy(bytes, 0, 8);
  for (const id of sectionOrder) {
    const section = layout.sections.get(id);
    if (id === sectionId.code) writeCode(plan, section, out, onRun);
    else sections.writeSection(plan, id, section, out);
  }
  writeNames(plan, out);
  return { bytes: out.written(), startupFuel: startupFuel(plan) };
}

function writeCode(
  plan: Plan,
  section: Section | undefined,
  out: ByteWriter,
  onRun: RunListener | null,
): void {
  const { layout } = plan;
  const defined = layout.functions.length - layout.importedFunctions;
  const added = sections.growHelpers(plan);
  if (section === undefined) {
    if (defined > 0) throw invalidWasm('functions without a code section', layout.bytes.length);
    if (added.length === 0) return;
  }
  out.u8(sectionId.code);
  const size = out.placeholder();
  out.u32(defined + added.length);
  if (section !== undefined) {
    const reader = new ByteReader(layout.bytes, section.contentStart, section.end);
    if (reader.u32() !== defined) {
      throw invalidWasm('a code section that does not match the function section', section.start);
    }
    const rewriter = new BodyRewriter(plan, out, onRun);
    for (let n = 0; n < defined; n++) {
      const length = reader.u32();
      const start = reader.skip(length);
      rewriter.rewrite(layout.functions[layout.importedFunctions + n]!, start, start + length);
    }
    if (!reader.atEnd) throw invalidWasm('a code section longer than its contents', reader.position);
  }
  for (const body of added) {
    out.u32(body.length);
    out.copy(body, 0, body.length);
  }
  out.patchLength(size);
}
