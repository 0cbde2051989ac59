import type { Node, Parser } from 'web-tree-sitter';
import { attributesOf } from './attributes.ts';

/** A span of source text. Lines and columns count from 0, columns in UTF-16 units, as editors count. */
export interface SourceRange {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/**
 * The names of every `fn main` that Rust would take as a program's entry: items of the file itself, whatever
 * their attributes and qualifiers; none in modules, functions, macros, comments or strings, and no tests.
 * Several are possible, each under its own `cfg`.
 */
export function findMainFunctions(parser: Parser, source: string): SourceRange[] {
  const tree = parser.parse(source);
  if (tree === null) return [];
  try {
    return tree.rootNode.namedChildren
      .filter((item) => item.type === 'function_item' && item.childForFieldName('name')?.text === 'main')
      .filter((item) => !attributesOf(item).some(isTestAttribute))
      .map((item) => rangeOf(item.childForFieldName('name')!));
  } finally {
    tree.delete();
  }
}

/** `#[test]`, `#[tokio::test]`, `#[cfg(test)]`; not `#[cfg(not(test))]`. */
function isTestAttribute(attribute: Node): boolean {
  const text = attribute.text.replaceAll(/\s/g, '');
  return /^#\[(?:\w+::)*test[\](]/.test(text) || text === '#[cfg(test)]';
}

function rangeOf({ startPosition, endPosition }: Node): SourceRange {
  return {
    startLine: startPosition.row,
    startColumn: startPosition.column,
    endLine: endPosition.row,
    endColumn: endPosition.column,
  };
}
