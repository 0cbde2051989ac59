import type { Edit, Node, Parser, Point, Query, Tree } from 'web-tree-sitter';
import { RustDocument, type RustNodes } from '../documents/rustDocument.ts';
import { LineIndex } from '../position.ts';
import type { CfgFacts } from './cfg.ts';
import { openMacros } from './openMacros.ts';
import { RustSource } from './rustSource.ts';

const query = `
  [(attribute_item) (inner_attribute_item)] @attributes
  (use_declaration) @uses
  (mod_item) @modules
`;

type TreeSitter = Pick<typeof import('web-tree-sitter'), 'Edit' | 'Query'>;

/** Trees that are kept, those of files that are being edited among them. */
const mostTrees = 8;

/** Parses Rust sources, again and again as they are edited. */
export class RustReader {
  readonly #parser: Parser;
  readonly #query: Query;
  readonly #treeSitter: TreeSitter;
  /** By path, the one that was asked for last at the end. */
  readonly #parsed = new Map<string, { readonly source: RustSource; readonly document: RustDocument }>();

  private constructor(parser: Parser, treeSitter: TreeSitter) {
    if (parser.language === null) throw new Error('The parser has no language.');
    this.#parser = parser;
    this.#treeSitter = treeSitter;
    this.#query = new treeSitter.Query(parser.language, query);
  }

  /** @param parser with Rust's grammar, as `loadRustParser` gives it */
  static async create(parser: Parser): Promise<RustReader> {
    return new RustReader(parser, await import('web-tree-sitter'));
  }

  read(path: string, text: string, facts: CfgFacts): RustSource {
    return new RustSource(path, text, facts, (source) => this.#document(source));
  }

  /** Frees the parser's memory. */
  forget(): void {
    for (const { document } of this.#parsed.values()) document.dispose();
    this.#parsed.clear();
  }

  #document(source: RustSource): RustDocument {
    const { path } = source;
    const known = this.#parsed.get(path);
    const document = known?.source === source ? known.document : this.#parse(source, known?.document);
    if (document !== known?.document) known?.document.dispose();
    this.#parsed.delete(path);
    this.#parsed.set(path, { source, document });
    const [oldest] = this.#parsed;
    if (oldest !== undefined && this.#parsed.size > mostTrees) {
      this.#parsed.delete(oldest[0]);
      oldest[1].document.dispose();
    }
    return document;
  }

  /** `previous`, the same file as it was, makes it quicker. */
  #parse({ path, text, facts }: RustSource, previous?: RustDocument): RustDocument {
    const old = previous?.tree.copy();
    const opened = openMacros(text);
    if (previous) old?.edit(new this.#treeSitter.Edit(difference(openMacros(previous.text), opened)));
    const tree = this.#parser.parse(opened, old);
    old?.delete();
    if (tree === null) throw new Error(`Parsing ${path} was cancelled.`);
    return new RustDocument(path, text, tree, this.#nodesOf(tree), facts);
  }

  #nodesOf(tree: Tree): RustNodes {
    const nodes = { attributes: [], uses: [], modules: [] };
    const byName: Record<string, Node[]> = nodes;
    for (const { name, node } of this.#query.captures(tree.rootNode)) byName[name]!.push(node);
    return nodes;
  }
}

/** The one span in which a text differs from what it was before. */
function difference(before: string, text: string): Omit<Edit, 'editPoint' | 'editRange'> {
  const shorter = Math.min(before.length, text.length);
  let start = 0;
  while (start < shorter && before[start] === text[start]) start++;
  let same = 0;
  while (same < shorter - start && before.at(-1 - same) === text.at(-1 - same)) same++;
  const oldLines = new LineIndex(before);
  const lines = new LineIndex(text);
  return {
    startIndex: start,
    oldEndIndex: before.length - same,
    newEndIndex: text.length - same,
    startPosition: point(oldLines, start),
    oldEndPosition: point(oldLines, before.length - same),
    newEndPosition: point(lines, text.length - same),
  };
}

function point(lines: LineIndex, offset: number): Point {
  const { line, character } = lines.positionAt(offset);
  return { row: line, column: character };
}
