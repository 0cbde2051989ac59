import { WorkbenchError } from '../shared/workbenchError.ts';
import { ByteReader } from './byteReader.ts';
import { readComponent } from './component/readComponent.ts';
import { coreSections, readExports, readImports } from './coreModule.ts';
import { copyAgain, type Guess, looksLike } from './looksLike.ts';
import { preambleLength } from './sections.ts';
import type { ExternKind } from './types.ts';

/** What a binary is and what it asks for and offers, read without compiling it. */
export type ModuleSummary = CoreSummary | ComponentSummary | OtherSummary;

/** A core module. */
export interface CoreSummary {
  readonly kind: 'module';
  readonly imports: readonly { readonly module: string; readonly name: string; readonly kind: ExternKind }[];
  readonly exports: readonly { readonly name: string; readonly kind: ExternKind }[];
}

/** A component; names with their versions, such as `wasi:cli/run@0.2.3`. */
export interface ComponentSummary {
  readonly kind: 'component';
  readonly imports: readonly string[];
  readonly exports: readonly string[];
}

/** Anything that can't be read as one of the two, damaged binaries included. */
export interface OtherSummary {
  readonly kind: 'other';
  /** Ends the sentence "the bytes look like …". */
  readonly looksLike: string;
  /** How a program comes of it, as a sentence; null where there is nothing for it but to build one. */
  readonly mend: string | null;
}

/**
 * Reads what kind of binary the bytes are, and its imports and exports.
 *
 * @throws WorkbenchError `unsupported-proposal` for a component that uses what this can't read
 */
export function summarise(bytes: Uint8Array): ModuleSummary {
  const layer = readPreamble(bytes);
  if (layer.kind === 'other') return layer;
  try {
    return layer.kind === 'module' ? summariseModule(bytes) : summariseComponent(bytes);
  } catch (thrown) {
    if (!(thrown instanceof WorkbenchError) || thrown.value.code !== 'invalid-wasm') throw thrown;
    const what = layer.kind === 'module' ? 'module' : 'component';
    return other({
      what: `a WebAssembly ${what} that is damaged or cut off. ${thrown.value.message}`,
      mend: copyAgain,
    });
  }
}

function summariseModule(bytes: Uint8Array): CoreSummary {
  const sections = coreSections(bytes);
  return {
    kind: 'module',
    imports: readImports(bytes, sections).map(({ module, name, kind }) => ({ module, name, kind })),
    exports: readExports(bytes, sections).map(({ name, kind }) => ({ name, kind })),
  };
}

function summariseComponent(bytes: Uint8Array): ComponentSummary {
  const imports: string[] = [];
  const exports: string[] = [];
  for (const definition of readComponent(bytes).definitions) {
    if (definition.kind === 'import') imports.push(definition.name);
    else if (definition.kind === 'export') exports.push(definition.name);
  }
  return { kind: 'component', imports, exports };
}

/** Tells core modules from components by version and layer, two little-endian 16-bit numbers after the magic. */
function readPreamble(bytes: Uint8Array): { readonly kind: 'module' | 'component' } | OtherSummary {
  const magic = [0x00, 0x61, 0x73, 0x6d];
  if (bytes.length === 0 || !magic.every((byte, at) => at >= bytes.length || bytes[at] === byte)) {
    return other(looksLike(bytes));
  }
  if (bytes.length < preambleLength)
    return other({ what: `a WebAssembly file cut off after ${bytes.length} bytes`, mend: copyAgain });
  const versionAndLayer = new ByteReader(bytes, magic.length).fixedU32();
  const version = versionAndLayer & 0xffff;
  const layer = versionAndLayer >>> 16;
  if (layer === 0 && version === 1) return { kind: 'module' };
  if (layer === 1 && version === 0x0d) return { kind: 'component' };
  if (layer === 0)
    return other({ what: `a WebAssembly module of version ${version}, where 1 is the one in use` });
  if (layer === 1) return other({ what: `a component of version ${version}, where 13 is the one in use` });
  return other({ what: `WebAssembly of an unknown kind (version ${version}, layer ${layer})` });
}

function other({ what, mend }: Guess): OtherSummary {
  return { kind: 'other', looksLike: what, mend: mend ?? null };
}
