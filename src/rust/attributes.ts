import type { Node } from 'web-tree-sitter';

/** Attributes that stand before an item. */
export function attributesOf(item: Node): Node[] {
  const attributes: Node[] = [];
  let sibling = item.previousNamedSibling;
  while (sibling !== null && ['attribute_item', 'line_comment', 'block_comment'].includes(sibling.type)) {
    if (sibling.type === 'attribute_item') attributes.push(sibling);
    sibling = sibling.previousNamedSibling;
  }
  return attributes;
}
