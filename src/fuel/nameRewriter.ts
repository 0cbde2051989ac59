import { ByteReader } from '../wasm/byteReader.ts';
import type { ByteWriter } from '../wasm/byteWriter.ts';
import { type Section, sectionId } from '../wasm/sections.ts';
import type { Plan } from './plan.ts';

/** Subsections of the name section that are kept. */
const subsection = { moduleName: 0, functionNames: 1 } as const;

/**
 * Keeps the names of the module and of its functions, which V8 shows in stack traces; no function moves. All other
 * names, and every other custom section, describe what has moved: they are to be read from the module as it was
 * given. Names that are damaged make no module invalid.
 */
export function writeNames(plan: Plan, out: ByteWriter): void {
  const { bytes } = plan.layout;
  const found = subsections(plan);
  const name = found.find(({ id }) => id === subsection.moduleName);
  const functions = found.find(({ id }) => id === subsection.functionNames);
  out.u8(sectionId.custom);
  const size = out.placeholder();
  out.name('name');
  if (name !== undefined) out.copy(bytes, name.start, name.end);
  else {
    out.u8(subsection.moduleName);
    const length = out.placeholder();
    out.name(plan.options.name);
    out.patchLength(length);
  }
  if (functions !== undefined) out.copy(bytes, functions.start, functions.end);
  out.patchLength(size);
}

function subsections(plan: Plan): Section[] {
  const { bytes, customSections } = plan.layout;
  const found: Section[] = [];
  const names = customSections.find(({ name }) => name === 'name');
  if (names === undefined) return [];
  try {
    const reader = new ByteReader(bytes, names.contentStart, names.end);
    while (!reader.atEnd) {
      const start = reader.position;
      const id = reader.u8();
      const size = reader.u32();
      const contentStart = reader.skip(size);
      found.push({ id, start, contentStart, end: contentStart + size });
    }
  } catch {
    return found;
  }
  return found;
}
