import { type Node, type ParseError, parseTree } from 'jsonc-parser';
import { brokenJson } from './brokenJson.ts';
import type { Report } from './readers.ts';

/**
 * The tree of a JSON text in which comments and trailing commas are welcome; undefined where it is none, which was
 * then reported.
 */
export function parseJson(source: string, report: Report): Node | undefined {
  const errors: ParseError[] = [];
  const root = parseTree(source, errors, { allowTrailingComma: true });
  for (const error of errors) report(brokenJson(error), error);
  if (root === undefined && errors.length === 0) report('The file is empty.', { offset: 0, length: 0 });
  return errors.length === 0 ? root : undefined;
}

/** The place of an offset into a text: lines and columns count from 1, columns in UTF-16 code units. */
export function placeOf(source: string, offset: number): { readonly line: number; readonly column: number } {
  const before = source.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
