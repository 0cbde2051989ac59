import assert from 'node:assert/strict';
import { LineTable } from '../../../src/profile/lineTable.ts';

const own = (line: number) => ({ file: '/app/src/main.rs', line });
const library = (line: number) => ({ file: '/rustc/0123abc/library/core/src/num.rs', line });

describe('The hottest line', () => {
  it('is the user’s own, with what of a library is inlined in it and not what of its own is', () => {
    const lines = new LineTable();
    lines.add(library(7), [own(10), own(19)], 50);
    lines.add(own(10), [own(19)], 5);
    lines.add(own(19), [], 3);
    lines.add(library(9), [], 1000);
    assert.deepEqual(lines.hottest(), { ...own(10), self: 55 });
  });

  it('is none where no line is the user’s', () => {
    const lines = new LineTable();
    lines.add(library(7), [library(9)], 50);
    lines.add(library(7), [{ ...own(0) }], 50);
    assert.equal(lines.hottest(), null);
  });
});
