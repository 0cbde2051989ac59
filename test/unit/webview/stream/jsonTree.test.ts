import assert from 'node:assert/strict';
import { jsonRoot } from '../../../../src/webview/stream/jsonText.ts';
import { JsonTree, type JsonRow } from '../../../../src/webview/stream/jsonTree.ts';

function treeOf(value: unknown): JsonTree {
  const text = JSON.stringify(value);
  return new JsonTree(text, jsonRoot(text)!);
}

function shown(tree: JsonTree): string[] {
  const text = (row: JsonRow) =>
    row.kind === 'group'
      ? `${row.from}…${row.to - 1}`
      : `${row.key ?? ''}${row.expandable ? `(${row.value.count})` : tree.text.slice(row.value.start, row.value.end)}`;
  return tree.rows.map((row) => `${'.'.repeat(row.depth)}${text(row)}`);
}

describe('JsonTree', () => {
  const value = { a: { b: [1, 2], c: {} }, d: 'x' };

  it('shows the first level at first, and more where it is opened', () => {
    const tree = treeOf(value);
    assert.deepEqual(shown(tree), ['(2)', '."a"(2)', '."d""x"']);
    tree.expand(1);
    tree.expand(2);
    assert.deepEqual(shown(tree), ['(2)', '."a"(2)', '.."b"(2)', '...1', '...2', '.."c"{}', '."d""x"']);
    assert.deepEqual(
      [0, 1, 4, 6].map((at) => tree.parentOf(at)),
      [-1, 0, 2, 0],
    );
    tree.collapse(1);
    assert.deepEqual(shown(tree), ['(2)', '."a"(2)', '."d""x"']);
    tree.collapse(0);
    assert.deepEqual(shown(tree), ['(2)']);
  });

  it('opens long lists by groups', () => {
    const tree = treeOf(Array.from({ length: 2500 }, (_, index) => index));
    assert.deepEqual(shown(tree), ['(2500)', '.0…999', '.1000…1999', '.2000…2499']);
    tree.expand(3);
    assert.equal(tree.rows.length, 504);
    assert.deepEqual(shown(tree).slice(4, 6), ['..2000', '..2001']);
    assert.deepEqual([tree.rows[4]!.position, tree.rows[4]!.siblings], [2000, 2500]);
  });

  it('reveals any place of the text', () => {
    const tree = treeOf({ list: Array.from({ length: 1500 }, (_, index) => ({ id: `n${index}` })), z: 1 });
    for (const wanted of ['"n0"', '"n1234"', '"z"', '"list"']) {
      const at = tree.reveal(tree.text.indexOf(wanted));
      assert.ok(shown(tree)[at]!.includes(wanted), `${wanted}: ${shown(tree)[at]}`);
    }
  });

  it('opens ten million units of text without going through all of it again', () => {
    const tree = treeOf(Array.from({ length: 300_000 }, (_, index) => ({ index, text: 'abcdefgh' })));
    assert.ok(tree.text.length > 10_000_000);
    assert.equal(tree.rows.length, 301);
    const at = tree.reveal(tree.text.indexOf('299999'));
    assert.equal(shown(tree)[at], '..."index"299999');
  });
});
