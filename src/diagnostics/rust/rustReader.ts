import type { Node, Parser, Point, Query, Tree } from 'web-tree-sitter';
import { RustDocument, type RustNodes } from '../documents/rustDocument.ts';
import { LineIndex } from '../position.ts';
import type { CfgFacts } from './cfg.ts';

const query = `
  [(attribute_item) (inner_attribute_item)] @attributes
  (use_declaration) @uses
  (mod_item) @modules
  (function_item) @functions
  (call_expression) @calls
  (macro_invocation) @macros
`;

/** Parses Rust sources, again and again as they are edited. */
export class RustReader {
  readonly #parser: Parser;
  readonly #query: Query;

  private constructor(parser: Parser, compiled: Query) {
    this.#parser = parser;
    this.#query = compiled;
  }

  /** @param parser with Rust's grammar, as `loadRustParser` gives it */
  static async create(parser: Parser): Promise<RustReader> {
    const treeSitter = await import('web-tree-sitter');
    if (parser.language === null) throw new Error('The parser has no language.');
    return new RustReader(parser, new treeSitter.Query(parser.language, query));
  }

  /** `previous`, the same file as it was, makes it quicker; it stays whole, and is the caller's to dispose of. */
  read(path: string, text: string, facts: CfgFacts, previous?: RustDocument): RustDocument {
    const old = previous && editedTree(previous, text);
    const tree = this.#parser.parse(text, old);
    old?.delete();
    if (tree === null) throw new Error(`Parsing ${path} was cancelled.`);
    return new RustDocument(path, text, tree, this.#nodesOf(tree), facts);
  }

  #nodesOf(tree: Tree): RustNodes {
    const nodes: Record<string, Node[]> = {};
    for (const name of this.#query.captureNames) nodes[name] = [];
    for (const { name, node } of this.#query.captures(tree.rootNode)) nodes[name]!.push(node);
    return nodes as unknown as RustNodes;
  }
}

/** A copy of a document's tree that knows of the one span in which the text differs. */
function editedTree(previous: RustDocument, text: string): Tree {
  const before = previous.text;
  const shorter = Math.min(before.length, text.length);
  let start = 0;
  while (start < shorter && before[start] === text[start]) start++;
  let same = 0;
  while (same < shorter - start && before.at(-1 - same) === text.at(-1 - same)) same++;
  const lines = new LineIndex(text);
  const tree = previous.tree.copy();
  tree.edit({
    startIndex: start,
    oldEndIndex: before.length - same,
    newEndIndex: text.length - same,
    startPosition: point(previous.lines, start),
    oldEndPosition: point(previous.lines, before.length - same),
    newEndPosition: point(lines, text.length - same),
  } as Parameters<Tree['edit']>[0]);
  return tree;
}

function point(lines: LineIndex, offset: number): Point {
  const { line, character } = lines.positionAt(offset);
  return { row: line, column: character };
}
