import { WorkbenchError } from '../shared/workbenchError.ts';
import { ByteReader } from './byteReader.ts';
import { coreSections, readCustomSections } from './coreModule.ts';

/** Of the name section (WebAssembly core specification, appendix). */
const functionNamesSubsection = 1;

/** The names of a core module's functions by index, as far as its name section has them and can be read. */
export function readFunctionNames(bytes: Uint8Array): Map<number, string> {
  const names = new Map<number, string>();
  try {
    const section = readCustomSections(bytes, coreSections(bytes)).find(({ name }) => name === 'name');
    if (section === undefined) return names;
    const reader = new ByteReader(bytes, section.contentStart, section.end);
    while (!reader.atEnd) {
      const id = reader.u8();
      const subsection = reader.sub(reader.u32());
      if (id !== functionNamesSubsection) continue;
      for (let left = subsection.u32(); left > 0; left--) {
        const index = subsection.u32();
        names.set(index, subsection.name());
      }
    }
  } catch (error) {
    if (!(error instanceof WorkbenchError)) throw error;
  }
  return names;
}
