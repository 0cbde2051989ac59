import type { Node } from 'web-tree-sitter';
import { argumentsOf, type RustDocument } from '../documents/rustDocument.ts';
import type { Fix } from '../fix.ts';
import { editFix } from '../fix.ts';
import type { Rule } from '../rule.ts';
import { enclosingFunction } from '../rust/enclosing.ts';

const functions = new Set(['std::process::exit']);

export const exitZero: Rule = {
  code: 'wasi/exit-zero',
  title: 'process::exit(0)',
  explanation:
    'The OutLayer worker takes every call of exit for a failure, exit(0) too: a program succeeds by returning from main.',
  severity: 'warning',
  onlyOutlayer: true,
  rust: (source) =>
    source
      .callsOf(functions)
      .filter(({ node }) => argumentsOf(node)[0]?.text === '0')
      .map(({ node }) => ({
        range: source.rangeOf(node),
        message: 'The OutLayer worker takes process::exit(0) for a failure. Return from main instead.',
        fixes: returnInstead(source, node),
      })),
};

/** Only in main itself: elsewhere a return would not end the program. */
function returnInstead(source: RustDocument, call: Node): Fix[] {
  const { main } = source;
  if (main === null || enclosingFunction(call)?.id !== main.id) return [];
  const type = main.childForFieldName('return_type')?.text;
  const value = type === undefined ? 'return' : /\bResult\b/.test(type) ? 'return Ok(())' : null;
  if (value === null || (type !== undefined && !/Result\s*<\s*\(\s*\)|Result\s*$/.test(type))) return [];
  return [editFix('Return from main', source.path, [{ range: source.rangeOf(call), newText: value }], true)];
}
