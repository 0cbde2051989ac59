import { join } from 'node:path';
import type { Crate } from '../crate.ts';
import type { TomlDocument } from '../documents/tomlDocument.ts';
import type { FileChange, Fix, TextEdit } from '../fix.ts';
import { newline } from './addedLines.ts';

const mebibytes = 8;
const flags = `"-C", "link-arg=-zstack-size=${mebibytes * 1024 * 1024}"`;
const section = `[target.'cfg(target_family = "wasm")']\nrustflags = [${flags}]\n`;

/** Has the linker make a larger stack than its 1 MiB, by the crate's .cargo/config.toml; none where it says a size. */
export function stackFix({ dir, config }: Crate): Fix[] {
  const change = config === null ? created(dir) : edited(config);
  if (change === null) return [];
  return [{ title: `Give it a stack of ${mebibytes} MiB`, safe: false, changes: [change], action: null }];
}

function created(dir: string): FileChange {
  return { kind: 'create', file: join(dir, '.cargo', 'config.toml'), text: section };
}

function edited(config: TomlDocument): FileChange | null {
  const { path, text, lines, error } = config;
  if (error !== null || text.includes('stack-size')) return null;
  // cargo takes one list of flags, so that another would replace it.
  const known = config.entries.find(
    ({ path: [table, name = '', key], value, valueRange }) =>
      valueRange !== null &&
      Array.isArray(value) &&
      ((table === 'build' && name === 'rustflags') ||
        (table === 'target' && name.includes('wasm') && key === 'rustflags')),
  );
  const edit = known?.valueRange
    ? into(known.valueRange.start)
    : appended(text, lines.positionAt(text.length));
  return { kind: 'edit', file: path, edits: [edit] };
}

/** Behind the bracket that begins the list. */
function into({ line, character }: TextEdit['range']['start']): TextEdit {
  const start = { line, character: character + 1 };
  return { range: { start, end: start }, newText: `${flags}, ` };
}

function appended(text: string, end: TextEdit['range']['end']): TextEdit {
  const eol = newline(text);
  const gap = text === '' ? '' : text.endsWith('\n') ? eol : eol + eol;
  return { range: { start: end, end }, newText: gap + section.replaceAll('\n', eol) };
}
