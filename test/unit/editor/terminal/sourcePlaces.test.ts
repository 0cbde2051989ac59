import assert from 'node:assert/strict';
import { sourcePlaces } from '../../../../src/editor/terminal/sourcePlaces.ts';

const cases: [line: string, places: [file: string, line: number, column: number][]][] = [
  ['  --> src/main.rs:12:5', [['src/main.rs', 12, 5]]],
  ["thread 'main' panicked at src/bin/other.rs:3:14:", [['src/bin/other.rs', 3, 14]]],
  ['             at ./examples/demo.rs:7', [['./examples/demo.rs', 7, 1]]],
  ['C:\\crates\\a b\\src\\main.rs:1:2', [['b\\src\\main.rs', 1, 2]]],
  ['C:\\crates\\a\\src\\main.rs:1:2', [['C:\\crates\\a\\src\\main.rs', 1, 2]]],
  [
    '::: /home/ü/src/lib.rs:10:1 (src/x.rs:2:3)',
    [
      ['/home/ü/src/lib.rs', 10, 1],
      ['src/x.rs', 2, 3],
    ],
  ],
  ['main.rs, main.rs: and main.rsx:1:2', []],
];

describe('places in a terminal', () => {
  for (const [line, places] of cases) {
    it(`of ${line}`, () => {
      const found = sourcePlaces(line);
      assert.deepEqual(
        found.map(({ file, line: at, column }) => [file, at, column]),
        places,
      );
      for (const { file, offset, length } of found) {
        assert.ok(line.slice(offset, offset + length).startsWith(file));
      }
    });
  }
});
