import { ByteReader } from './byteReader.ts';
import { coreSections, readExports, readImports } from './coreModule.ts';
import { type Section, sectionId } from './sections.ts';
import { readValueType, valueType } from './types.ts';

/**
 * The signatures of a core module's exported functions by name, as text: `(i32, i32) -> i64`, `() -> ()`. A type
 * that is no plain function type is `unknown`.
 */
export function exportedSignatures(bytes: Uint8Array): Map<string, string> {
  const sections = coreSections(bytes);
  const typeIndices = [...importedTypeIndices(bytes, sections), ...definedTypeIndices(bytes, sections)];
  const signatures = readSignatures(bytes, sections);
  const exported = new Map<string, string>();
  for (const { name, kind, index } of readExports(bytes, sections)) {
    if (kind === 'func') exported.set(name, signatures[typeIndices[index] ?? -1] ?? 'unknown');
  }
  return exported;
}

/** The functions that a core module imports, in order, with their signatures as above. */
export function importedSignatures(
  bytes: Uint8Array,
): { readonly module: string; readonly name: string; readonly signature: string }[] {
  const sections = coreSections(bytes);
  const signatures = readSignatures(bytes, sections);
  const functions = readImports(bytes, sections).filter(({ kind }) => kind === 'func');
  const types = importedTypeIndices(bytes, sections);
  return functions.map(({ module, name }, index) => {
    return { module, name, signature: signatures[types[index]!] ?? 'unknown' };
  });
}

function importedTypeIndices(bytes: Uint8Array, sections: readonly Section[]): number[] {
  return readImports(bytes, sections)
    .filter(({ kind }) => kind === 'func')
    .map(({ typeOffset }) => new ByteReader(bytes, typeOffset).u32());
}

function definedTypeIndices(bytes: Uint8Array, sections: readonly Section[]): number[] {
  const reader = sectionReader(bytes, sections, sectionId.function);
  const indices: number[] = [];
  for (let left = reader.u32(); left > 0; left--) indices.push(reader.u32());
  return indices;
}

const functionForm = 0x60;

function readSignatures(bytes: Uint8Array, sections: readonly Section[]): string[] {
  const reader = sectionReader(bytes, sections, sectionId.type);
  const signatures: string[] = [];
  for (let left = reader.u32(); left > 0; left--) {
    // The forms of later proposals have other lengths; what follows one is then unknown too.
    if (reader.u8() !== functionForm) break;
    const parameters = valueTypes(reader);
    const results = valueTypes(reader);
    signatures.push(
      `(${parameters.join(', ')}) -> ${results.length === 1 ? results[0]! : `(${results.join(', ')})`}`,
    );
  }
  return signatures;
}

const typeNames = new Map<number, string>(Object.entries(valueType).map(([name, code]) => [code, name]));

function valueTypes(reader: ByteReader): string[] {
  const names: string[] = [];
  for (let left = reader.u32(); left > 0; left--) names.push(typeNames.get(readValueType(reader)) ?? 'ref');
  return names;
}

/** A reader over the section's contents; over an empty vector where there is none. */
function sectionReader(bytes: Uint8Array, sections: readonly Section[], id: number): ByteReader {
  const section = sections.find((candidate) => candidate.id === id);
  return section === undefined
    ? new ByteReader(Uint8Array.of(0))
    : new ByteReader(bytes, section.contentStart, section.end);
}
