import { dirname, isAbsolute, join } from 'node:path';
import { type Hover, MarkupKind, type Position, type Range } from 'vscode-languageserver';
import type { Files } from '../diagnostics/files.ts';
import { findMainFunctions } from '../rust/mainFunctions.ts';
import { programOfFile } from '../rust/programs.ts';
import type { Parser } from 'web-tree-sitter';
import { buildOutputs } from './buildOutputs.ts';
import { describeWasm } from './describeWasm.ts';

/** What a hover is asked over. */
export interface Place {
  readonly path: string;
  readonly text: string;
  readonly position: Position;
  /** The folder of the crate that the file belongs to. */
  readonly crateDir: string | null;
}

/** Over a path of a .wasm file: what that file is. Relative paths start at the file's own folder, then the crate's. */
export async function hoverOfPath({ path, text, position, crateDir }: Place): Promise<Hover | null> {
  const line = text.split(/\r?\n/)[position.line] ?? '';
  const token = wasmPathAt(line, position.character);
  if (token === null) return null;
  const folders = [dirname(path), ...(crateDir === null ? [] : [crateDir])];
  const candidates = isAbsolute(token.path) ? [token.path] : folders.map((dir) => join(dir, token.path));
  for (const candidate of candidates) {
    const description = await describeWasm(candidate);
    if (description === null) continue;
    const start = { line: position.line, character: token.start };
    const end = { line: position.line, character: token.start + token.path.length };
    return markdown(description, { start, end });
  }
  return null;
}

/** Over the name of a program's `fn main`: what its newest build is. */
export async function hoverOfMain(
  { path, text, position }: Place,
  loadParser: () => Promise<Parser>,
  files: Files,
): Promise<Hover | null> {
  // Most places are ruled out without the parser.
  if (!path.endsWith('.rs') || !/\bmain\b/.test(text.split('\n')[position.line] ?? '')) return null;
  const main = findMainFunctions(await loadParser(), text).find(
    ({ startLine, startColumn, endColumn }) =>
      position.line === startLine && position.character >= startColumn && position.character <= endColumn,
  );
  if (main === undefined) return null;
  const program = await programOfFile(path, (file) => files.read(file));
  if (program === null) return null;
  const [newest] = await buildOutputs(program.crateDir, [program.name], files);
  const description = newest && (await describeWasm(newest.path, newest));
  if (!description) return null;
  const start = { line: main.startLine, character: main.startColumn };
  return markdown(description, { start, end: { line: main.endLine, character: main.endColumn } });
}

/** The path around a column of a line: in quotes, where it may hold spaces, or else a word. */
export function wasmPathAt(
  line: string,
  column: number,
): { readonly path: string; readonly start: number } | null {
  for (const pattern of [/(["'`])([^"'`]+\.wasm)\1/g, /()([^\s"'`<>|()[\]{},;=]+\.wasm)(?![\w.])/g]) {
    for (const match of line.matchAll(pattern)) {
      const path = match[2]!;
      const start = match.index + match[1]!.length;
      if (column >= start && column <= start + path.length) return { path, start };
    }
  }
  return null;
}

function markdown(value: string, range: Range): Hover {
  return { contents: { kind: MarkupKind.Markdown, value }, range };
}
