import assert from 'node:assert/strict';
import { originOf } from '../../../src/profile/origin.ts';

describe('originOf', () => {
  const cases: [file: string | null, origin: string, name: string][] = [
    ['/home/me/app/src/main.rs', 'yours', ''],
    ['C:\\Users\\me\\app\\src\\main.rs', 'yours', ''],
    ['/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/alloc/src/vec/mod.rs', 'std', 'alloc'],
    ['/home/me/.rustup/toolchains/stable/lib/rustlib/src/rust/library/core/src/num/mod.rs', 'std', 'core'],
    ['/rust/deps/hashbrown-0.15.2/src/map.rs', 'std', 'hashbrown'],
    ['wasisdk://v30.0/src/wasi-libc/dlmalloc/src/malloc.c', 'std', 'wasi-libc'],
    [
      '/root/.cargo/registry/src/index.crates.io-1949cf8c6b5b557f/serde_json-1.0.154/src/de.rs',
      'dependency',
      'serde_json',
    ],
    [
      'C:\\Users\\me\\.cargo\\registry\\src\\index.crates.io-1949cf8c6b5b557f\\wasm-bindgen-0.2.1\\src\\lib.rs',
      'dependency',
      'wasm-bindgen',
    ],
    ['/root/.cargo/git/checkouts/my-crate-0123456789abcdef/abc1234/src/lib.rs', 'dependency', 'my-crate'],
    ['/home/me/app/vendor/regex/src/lib.rs', 'dependency', 'regex'],
    // As cargo names what lies in the workspace.
    ['vendor/regex/src/lib.rs', 'dependency', 'regex'],
    [null, 'unknown', ''],
    ['', 'unknown', ''],
  ];
  for (const [file, origin, name] of cases) {
    it(`${file ?? 'null'}: ${origin} ${name}`, () => assert.deepEqual(originOf(file), { origin, name }));
  }
});
