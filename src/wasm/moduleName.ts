import { WorkbenchError } from '../shared/workbenchError.ts';
import { ByteReader } from './byteReader.ts';
import { coreSections, readCustomSections } from './coreModule.ts';

/** Of the name section (WebAssembly core specification, appendix): the subsection that names the module. */
const moduleNameSubsection = 0;

/**
 * The name that a core module has for itself, such as `price_feed.wasm`; null where it has none. A name section that
 * can't be read counts as none, as in every engine.
 */
export function readModuleName(bytes: Uint8Array): string | null {
  try {
    const section = readCustomSections(bytes, coreSections(bytes)).find(({ name }) => name === 'name');
    if (section === undefined) return null;
    const reader = new ByteReader(bytes, section.contentStart, section.end);
    // Subsections come in the order of their ids, so this one is first.
    if (reader.u8() !== moduleNameSubsection) return null;
    reader.u32();
    return reader.name();
  } catch (error) {
    if (error instanceof WorkbenchError) return null;
    throw error;
  }
}
