import { ByteReader } from '../../wasm/byteReader.ts';
import { ByteWriter } from '../../wasm/byteWriter.ts';
import { sectionId } from '../../wasm/sections.ts';
import { sectionOrder } from '../layout.ts';
import { writeBodies } from './bodies.ts';
import { insertionsOf } from './insertions.ts';
import type { ProfilePlan } from './profilePlan.ts';
import { Runs } from '../runs.ts';
import { sectionAdditions } from './sections.ts';

export interface Instrumented {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What of the code came from where in the metered module. */
  readonly runs: Runs;
}

/**
 * Adds a counter for each counting point to a metered module, and the tree of calls where it is asked for. It inserts
 * into code only what leaves the operand stack as it was, and knows nothing of what the metering pass adds.
 *
 * @param plan made for the metered module
 * @param metered where the operators of the source stand in it
 */
export function instrument(bytes: Uint8Array, plan: ProfilePlan, metered: Runs): Instrumented {
  const { layout } = plan;
  const insertions = insertionsOf(plan.points, metered, plan.tree);
  const out = new ByteWriter(bytes.length + insertions.length * 20 + 4096);
  const runs = new Runs();
  const copy = (from: number, to: number) => {
    runs.add(out.position, from, to - from);
    out.copy(bytes, from, to);
  };
  out.copy(bytes, 0, 8);
  for (const id of sectionOrder) {
    const section = layout.sections.get(id);
    const additions = sectionAdditions(id, plan);
    if (additions.length === 0) {
      if (section !== undefined) copy(section.start, section.end);
      continue;
    }
    out.u8(id);
    const size = out.placeholder();
    const content =
      section === undefined
        ? new ByteReader(Uint8Array.of(0))
        : new ByteReader(bytes, section.contentStart, section.end);
    out.u32(content.u32() + additions.length);
    if (id === sectionId.code) writeBodies(content, insertions, plan, out, copy);
    else out.copy(content.bytes, content.position, content.end);
    for (const write of additions) write(out);
    out.patchLength(size);
  }
  for (const { start, end } of layout.customSections) copy(start, end);
  return { bytes: out.written(), runs };
}
