import assert from 'node:assert/strict';
import { CallLayout } from '../../../../src/webview/fuel/callLayout.ts';

/** 0 calls 1 and 2; 2 calls 3; 4 stands by itself. */
const tree = {
  functions: [0, 1, 2, 3, 4],
  parents: [-1, 0, 0, 2, -1],
  self: [10, 20, 30, 39.5, 0.5],
  calls: [1, 8, 1, 1, 1],
};

describe('The frames of a flame graph', () => {
  it('are as wide as what they cost with what they called, the heaviest first', () => {
    const layout = new CallLayout(tree, 'fuel');
    assert.deepEqual([...layout.totals], [99.5, 20, 69.5, 39.5, 0.5]);
    assert.deepEqual(
      layout.place(-1, 200).map(({ node, row, left, width }) => [node, row, left, width]),
      [
        [0, 0, 0, 199],
        [2, 1, 0, 139],
        [1, 1, 139, 40],
        [3, 2, 0, 79],
      ],
      'and what is too narrow to be seen is left out',
    );
  });

  it('are as wide as what they were called, on request', () => {
    const [first, second] = new CallLayout(tree, 'calls').place(-1, 120);
    assert.deepEqual([first?.width, second?.width], [110, 10]);
    assert.deepEqual(new CallLayout(tree, 'calls').children(0), [1, 2]);
  });

  it('have the callers above what was zoomed to', () => {
    const layout = new CallLayout(tree, 'fuel');
    assert.deepEqual(
      layout.place(2, 100).map(({ node, row, width, above }) => [node, row, Math.round(width), above]),
      [
        [0, 0, 100, true],
        [2, 1, 100, false],
        [3, 2, 57, false],
      ],
    );
    assert.deepEqual(layout.callers(3), [3, 2, 0]);
  });

  it('are one where they are folded, which has what all of them cost', () => {
    /** 0, 1 and 3 lead to 4; 2 and 5 stand beside them, 6 and 7 by themselves. */
    const deep = {
      functions: [0, 1, 2, 3, 4, 5, 6, 7],
      parents: [-1, 0, 0, 1, 3, 4, -1, 6],
      self: [1, 2, 3, 4, 50, 30, 6, 4],
      calls: [1, 1, 1, 1, 1, 1, 1, 1],
    };
    const plain = new CallLayout(deep, 'fuel');
    // 5 is like them, and below one that isn't; 6 has nothing else below it.
    const layout = new CallLayout(deep, 'fuel', (node) => [0, 1, 3, 5, 6, 7].includes(node));
    assert.deepEqual(layout.folded(0), [0, 1, 3]);
    assert.deepEqual(layout.folded(6), [6]);
    assert.equal(layout.all, plain.all);
    assert.equal(layout.totals[0], plain.totals[0]);
    assert.equal(layout.self(0), 1 + 2 + 4);
    assert.deepEqual(layout.children(-1), [0, 6]);
    assert.deepEqual(layout.children(0), [4, 2]);
    assert.deepEqual(layout.callers(5), [5, 4, 0]);
    assert.deepEqual(
      layout.place(-1, 100).map(({ node, row, left, width }) => [node, row, left, width]),
      [
        [0, 0, 0, 90],
        [6, 0, 90, 10],
        [4, 1, 0, 80],
        [2, 1, 80, 3],
        [7, 1, 90, 4],
        [5, 2, 0, 30],
      ],
    );
    assert.equal(plain.hasFolds, false);
  });

  it('are few enough to be drawn, of a tree of any size', () => {
    const nodes = 200_000;
    const parents = Array.from({ length: nodes }, (_, node) => (node === 0 ? -1 : (node - 1) >> 1));
    const ones = parents.map(() => 1);
    const layout = new CallLayout({ functions: ones, parents, self: ones, calls: ones }, 'fuel');
    assert.equal(layout.all, nodes);
    assert.ok(layout.place(-1, 100_000).length <= 4000);
  });
});
