import assert from 'node:assert/strict';
import { stablePath } from '../../../src/profile/stablePath.ts';

describe('The path of a source on every machine', () => {
  const paths: readonly (readonly [string, string])[] = [
    ['src/main.rs', 'src/main.rs'],
    ['/home/me/app/src/main.rs', 'src/main.rs'],
    ['/home/me/app/crates/a/src/lib.rs', 'crates/a/src/lib.rs'],
    ['/elsewhere/helper/src/lib.rs', 'helper/src/lib.rs'],
    ['C:\\other\\helper\\src\\x\\y.rs', 'helper/src/x/y.rs'],
    ['/root/.cargo/registry/src/index-1949/regex-syntax-0.8.12/src/utf8.rs', 'regex-syntax/src/utf8.rs'],
    ['/root/.cargo/git/checkouts/tool-0123456789abcdef/1a2b3c4/src/lib.rs', 'tool/1a2b3c4/src/lib.rs'],
    ['/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/ptr/mod.rs', 'core/src/ptr/mod.rs'],
    ['/rust/deps/hashbrown-0.16.1/src/raw.rs', 'hashbrown/src/raw.rs'],
    ['wasisdk://v30.0/src/wasi-libc/dlmalloc/src/malloc.c', 'wasi-libc/dlmalloc/src/malloc.c'],
  ];
  for (const [file, stable] of paths) {
    it(`of ${file} is ${stable}`, () => assert.equal(stablePath(file, ['/home/me/app']), stable));
  }
});
