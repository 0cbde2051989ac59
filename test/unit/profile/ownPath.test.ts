import assert from 'node:assert/strict';
import { ownPath } from '../../../src/profile/ownPath.ts';

describe('The path of a source in its crate', () => {
  const library = '/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/result.rs';
  const paths: readonly (readonly [string, string])[] = [
    ['/home/me/space/crates/app/src/main.rs', 'src/main.rs'],
    // A panic's, of a workspace's member.
    ['crates/app/src/main.rs', 'src/main.rs'],
    ['src/main.rs', 'src/main.rs'],
    ['/home/me/helper/src/lib.rs', 'helper/src/lib.rs'],
    ['crates/other/src/lib.rs', 'crates/other/src/lib.rs'],
    [library, library],
  ];
  for (const [file, own] of paths) {
    it(`of ${file} is ${own}`, () => assert.equal(ownPath(file, '/home/me/space/crates/app'), own));
  }
});
