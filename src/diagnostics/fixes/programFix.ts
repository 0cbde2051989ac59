import type { Node } from 'web-tree-sitter';
import { join } from 'node:path';
import type { Crate } from '../crate.ts';
import type { ManifestDocument } from '../documents/manifestDocument.ts';
import { attributesOf } from '../../rust/attributes.ts';
import type { RustDocument } from '../documents/rustDocument.ts';
import type { TomlEntry } from '../documents/tomlDocument.ts';
import type { FileChange, Fix, TextEdit } from '../fix.ts';
import { endOfLine, newline } from './addedLines.ts';
import { mainTemplate, type TextFunction } from './mainTemplate.ts';

/**
 * Makes a program of a library: one with a `fn main` moves to src/main.rs, any other gets a src/main.rs beside it that
 * calls it. Cargo.toml keeps its comments and its order.
 */
export function programFix(crate: Crate, safe: boolean): Fix[] {
  const { manifest, dir } = crate;
  const name = manifest.packageName;
  const root = crate.roots.find(({ kind }) => kind === 'lib');
  const main = join(dir, 'src', 'main.rs');
  if (name === null || root?.path === main) return [];
  const lib = root && crate.sources.get(root.path)?.document;
  if (lib !== undefined && hasRustMain(lib) && root?.path === join(dir, 'src', 'lib.rs')) {
    const changes: FileChange[] = [{ kind: 'move', from: root.path, to: main }];
    const edits = binInsteadOfLib(manifest, name);
    if (edits.length > 0) changes.unshift({ kind: 'edit', file: manifest.path, edits });
    return [{ title: 'Make it a program: move src/lib.rs to src/main.rs', safe, changes, action: null }];
  }
  const changes: FileChange[] = [];
  const manifestEdits = binBesideLib(manifest, name);
  if (manifestEdits.length > 0) changes.push({ kind: 'edit', file: manifest.path, edits: manifestEdits });
  const exported = lib === undefined ? [] : clashingExports(lib);
  if (exported.length > 0) changes.push({ kind: 'edit', file: lib!.path, edits: exported });
  const text = mainTemplate(lib ? textFunction(lib, manifest) : null).replaceAll(
    '\n',
    newline(manifest.text),
  );
  changes.push({ kind: 'create', file: main, text });
  return [{ title: 'Make it a program: add src/main.rs with fn main', safe, changes, action: null }];
}

/** A `fn main` that would do as a program's: Rust's own calling convention, no parameters, not exported by hand. */
function hasRustMain(lib: RustDocument): boolean {
  const { main } = lib;
  if (main === null || attributesOf(main).some(isExport)) return false;
  const isForeign = main.namedChildren.some(
    (child) => child.type === 'function_modifiers' && child.text.includes('extern'),
  );
  return !isForeign && main.childForFieldName('parameters')?.namedChildCount === 0;
}

function isExport(attribute: Node): boolean {
  return /^#\[\s*(unsafe\s*\(\s*)?(no_mangle|export_name)\b/.test(attribute.text);
}

/** Names that the compiler gives to functions of its own in a program. */
const taken = new Set(['_start', 'main', '__main_void']);

function clashingExports(lib: RustDocument): TextEdit[] {
  return lib.functions
    .filter((node) => taken.has(node.childForFieldName('name')?.text ?? ''))
    .flatMap((node) => attributesOf(node).filter(isExport))
    .map((attribute) => ({ range: lib.rangeOf(attribute), newText: '' }));
}

/** `[lib]` becomes `[[bin]]`, and its crate types the name and place of the program. */
function binInsteadOfLib(manifest: ManifestDocument, name: string): TextEdit[] {
  const header = manifest.find('lib');
  if (header?.valueRange !== null) return inlineLib(manifest);
  const edits: TextEdit[] = [{ range: header.keyRange, newText: '[[bin]]' }];
  const types = crateTypes(manifest);
  const named = manifest.find('lib', 'name');
  const place = manifest.find('lib', 'path');
  const lines = [
    ...(named === undefined ? [`name = ${JSON.stringify(name)}`] : []),
    ...(place === undefined ? ['path = "src/main.rs"'] : []),
  ].join(newline(manifest.text));
  if (place?.valueRange) edits.push({ range: place.valueRange, newText: '"src/main.rs"' });
  if (types === undefined) {
    const end = header.keyRange.end;
    if (lines !== '') edits.push({ range: { start: end, end }, newText: newline(manifest.text) + lines });
  } else {
    edits.push({ range: manifest.lines.rangeOf(types.start, types.end), newText: lines });
  }
  return edits;
}

/** `lib = { crate-type = … }` and `lib.crate-type = …`; without them cargo finds src/main.rs by itself. */
function inlineLib(manifest: ManifestDocument): TextEdit[] {
  const entry = manifest.entries.find(({ path }) => path[0] === 'lib');
  return entry === undefined ? [] : [{ range: manifest.lines.rangeOf(entry.start, entry.end), newText: '' }];
}

/** The library stays one, for the program to call, and the program is named. */
function binBesideLib(manifest: ManifestDocument, name: string): TextEdit[] {
  const edits: TextEdit[] = [];
  const types = crateTypes(manifest);
  if (types?.valueRange) {
    const kept = (manifest.crateTypes ?? []).filter((type) => type !== 'cdylib' && type !== 'staticlib');
    const newText = JSON.stringify(kept.length === 0 ? ['lib'] : kept).replaceAll(',', ', ');
    edits.push({ range: types.valueRange, newText });
  }
  const after = manifest.find('lib')?.valueRange === null ? manifest.find('lib') : manifest.find('package');
  if (after === undefined) return edits;
  const end = endOfLine(manifest, after.end);
  const eol = newline(manifest.text);
  const section = ['', '', '[[bin]]', `name = ${JSON.stringify(name)}`, 'path = "src/main.rs"'].join(eol);
  return [...edits, { range: { start: end, end }, newText: section }];
}

function crateTypes(manifest: ManifestDocument): TomlEntry | undefined {
  return manifest.find('lib', 'crate-type') ?? manifest.find('lib', 'crate_type');
}

/** The library's only public function from text to text; null where there is none, or a choice. */
function textFunction(lib: RustDocument, manifest: ManifestDocument): TextFunction | null {
  const crate = (manifest.string('lib', 'name') ?? manifest.packageName ?? '').replaceAll('-', '_');
  const found = lib.functions.flatMap((node): TextFunction[] => {
    if (node.parent?.type !== 'source_file' || attributesOf(node).some(isExport)) return [];
    const signature = lib.text.slice(node.startIndex, node.childForFieldName('body')?.startIndex);
    const match = /^pub fn (\w+)\(\s*\w+: (&str|String),?\s*\) -> String\s*$/.exec(signature);
    if (match === null) return [];
    return [{ path: `${crate}::${match[1]!}`, takes: match[2] as TextFunction['takes'] }];
  });
  return found.length === 1 ? found[0]! : null;
}
