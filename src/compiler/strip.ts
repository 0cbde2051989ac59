import { isComponent } from '../shared/preamble.ts';
import { ByteReader } from '../wasm/byteReader.ts';
import { preambleLength, readSections, type Section } from '../wasm/sections.ts';

/** Bytes without most of their custom sections, and the names of those that went. */
export interface Stripped {
  readonly wasm: Uint8Array;
  readonly removed: readonly string[];
}

const customSection = 0;
/** Section ids of a component whose contents are a whole binary (component model, Binary.md). */
const nestedBinaries: readonly number[] = [1, 4];

/** What `wasm-tools strip` keeps by default: names for backtraces, and what linkers still need. */
function isKept(name: string): boolean {
  return name === 'name' || name === 'dylink.0' || name.startsWith('component-type:');
}

/** Removes custom sections as `wasm-tools strip` does, within nested modules and components too. */
export function strip(wasm: Uint8Array): Stripped {
  const removed: string[] = [];
  return { wasm: stripBinary(wasm, removed), removed };
}

function stripBinary(wasm: Uint8Array, removed: string[]): Uint8Array {
  const parts: Uint8Array[] = [wasm.subarray(0, preambleLength)];
  const nested = isComponent(wasm) ? nestedBinaries : [];
  for (const section of readSections(new ByteReader(wasm, preambleLength))) {
    const content = wasm.subarray(section.contentStart, section.end);
    if (section.id === customSection) {
      const name = new ByteReader(content).name();
      if (!isKept(name)) {
        removed.push(name);
        continue;
      }
    }
    parts.push(
      ...encodeSection(section, nested.includes(section.id) ? stripBinary(content, removed) : content),
    );
  }
  return Buffer.concat(parts);
}

/** Id, size in the shortest LEB128, content. */
function encodeSection({ id }: Section, content: Uint8Array): Uint8Array[] {
  const head = [id];
  let size = content.length;
  for (; size >= 0x80; size = Math.floor(size / 0x80)) head.push((size % 0x80) | 0x80);
  head.push(size);
  return [Uint8Array.from(head), content];
}
