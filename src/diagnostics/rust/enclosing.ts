import type { Node } from 'web-tree-sitter';

/** The function, closure or async block that a `return` at a node would leave. */
export function enclosingFunction(node: Node): Node | null {
  return ancestor(node, ['function_item', 'closure_expression', 'async_block']);
}

/** The nearest node around one that is of any of the types. */
export function ancestor(node: Node, types: readonly string[]): Node | null {
  return ancestorsOf(node).find(({ type }) => types.includes(type)) ?? null;
}

/** The nodes around one, the innermost first. The tree finds a node's parent from the top, so all are found at once. */
export function ancestorsOf(node: Node): Node[] {
  const found: Node[] = [];
  for (let at: Node | null = node.tree.rootNode; at !== null && at.id !== node.id;) {
    found.push(at);
    at = at.childWithDescendant(node);
  }
  return found.reverse();
}

/** Whether code chooses by `cfg!(…)` if it gets to a node, so that it may never on WASI. */
export function isUnderCfgMacro(node: Node): boolean {
  return ancestorsOf(node).some(
    (up) => up.type === 'if_expression' && /\bcfg!/.test(up.childForFieldName('condition')?.text ?? ''),
  );
}
