import type { Node } from 'web-tree-sitter';

/** The function, closure or async block that a `return` at a node would leave. */
export function enclosingFunction(node: Node): Node | null {
  return ancestor(node, ['function_item', 'closure_expression', 'async_block']);
}

/** The nearest node around one that is of any of the types. */
export function ancestor(node: Node, types: readonly string[]): Node | null {
  for (let up = node.parent; up !== null; up = up.parent) {
    if (types.includes(up.type)) return up;
  }
  return null;
}

/** Whether code chooses by `cfg!(…)` if it gets to a node, so that it may never on WASI. */
export function isUnderCfgMacro(node: Node): boolean {
  for (let up = node.parent; up !== null; up = up.parent) {
    if (up.type === 'if_expression' && /\bcfg!/.test(up.childForFieldName('condition')?.text ?? ''))
      return true;
  }
  return false;
}
