import { type AST, getStaticTOMLValue, ParseError, parseTOML } from 'toml-eslint-parser';
import { LineIndex, type Range } from '../position.ts';

/** A table's header or a key with its value, wherever in the file it stands and however it is written. */
export interface TomlEntry {
  /** The whole way from the top: `['dependencies', 'serde', 'version']`; `[[bin]]`s are counted, as in `['bin', '0', 'name']`. */
  readonly path: readonly string[];
  /** Of a header the brackets too. */
  readonly keyRange: Range;
  /** Null for a header. */
  readonly valueRange: Range | null;
  readonly value: unknown;
  /** UTF-16 offsets of all of it: of a header's table up to its last key's end. */
  readonly start: number;
  readonly end: number;
}

/** Why a text is no TOML, and where. */
export interface TomlError {
  readonly message: string;
  readonly range: Range;
}

/** A TOML file with positions. One that doesn't parse has no entries. */
export class TomlDocument {
  readonly path: string;
  readonly text: string;
  readonly lines: LineIndex;
  readonly entries: readonly TomlEntry[];
  readonly error: TomlError | null;

  constructor(path: string, text: string) {
    this.path = path;
    this.text = text;
    this.lines = new LineIndex(text);
    const program = parse(text, this.lines);
    this.error = 'message' in program ? program : null;
    this.entries = 'message' in program ? [] : readEntries(program, this.lines);
  }

  find(...path: string[]): TomlEntry | undefined {
    return this.entries.find((entry) => isPath(entry.path, path));
  }

  /** Entries directly below a path, each name once. */
  below(...path: string[]): { readonly name: string; readonly first: TomlEntry }[] {
    const found = new Map<string, TomlEntry>();
    for (const entry of this.entries) {
      const name = entry.path[path.length];
      if (name !== undefined && !found.has(name) && isPath(entry.path.slice(0, path.length), path)) {
        found.set(name, entry);
      }
    }
    return [...found].map(([name, first]) => ({ name, first }));
  }

  /** A value by its path: of a key, or put together from a table's keys. */
  value(...path: string[]): unknown {
    const own = this.find(...path);
    if (own !== undefined && own.valueRange !== null) return own.value;
    const children = this.below(...path);
    if (children.length === 0) return own && {};
    return Object.fromEntries(children.map(({ name }) => [name, this.value(...path, name)]));
  }

  string(...path: string[]): string | null {
    const value = this.value(...path);
    return typeof value === 'string' ? value : null;
  }
}

function isPath(path: readonly string[], wanted: readonly string[]): boolean {
  return path.length === wanted.length && path.every((part, at) => part === wanted[at]);
}

function parse(text: string, lines: LineIndex): AST.TOMLProgram | TomlError {
  try {
    // A byte order mark is no character of TOML, but many files have one.
    return parseTOML(text.replace(/^\uFEFF/, ' '), { tomlVersion: '1.0' });
  } catch (error) {
    const at = error instanceof ParseError ? error.index : 0;
    const range = lines.rangeOf(Math.min(at, text.length), Math.min(at + 1, text.length));
    return { message: error instanceof Error ? error.message : String(error), range };
  }
}

function readEntries(program: AST.TOMLProgram, lines: LineIndex): TomlEntry[] {
  const entries: TomlEntry[] = [];
  const add = (node: AST.TOMLKeyValue, above: readonly string[]): void => {
    const path = [...above, ...node.key.keys.map(keyName)];
    entries.push({
      path,
      keyRange: lines.rangeOf(...node.key.range),
      valueRange: lines.rangeOf(...node.value.range),
      value: getStaticTOMLValue(node.value),
      start: node.range[0],
      end: node.range[1],
    });
    if (node.value.type === 'TOMLInlineTable') node.value.body.forEach((child) => add(child, path));
  };
  for (const node of program.body[0].body) {
    if (node.type === 'TOMLKeyValue') {
      add(node, []);
      continue;
    }
    const path = node.resolvedKey.map(String);
    const [start, end] = node.range;
    const bracket = node.kind === 'array' ? 2 : 1;
    entries.push({
      path,
      keyRange: lines.rangeOf(start, node.key.range[1] + bracket),
      valueRange: null,
      value: null,
      start,
      end,
    });
    node.body.forEach((child) => add(child, path));
  }
  return entries;
}

function keyName(key: AST.TOMLBare | AST.TOMLQuoted): string {
  return key.type === 'TOMLBare' ? key.name : key.value;
}
