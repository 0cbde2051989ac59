import assert from 'node:assert/strict';
import { explainFailure, recognise } from '../../../src/compiler/knownFailures.ts';

/** What compilers and crates of 2024 to 2026 print, cut to the lines that matter; others are provoked in buildFailures. */
const printed: readonly (readonly [string, string, RegExp])[] = [
  [
    'getrandom 0.2',
    'error: the wasm*-unknown-unknown targets are not supported by default, you may need to enable the "js" feature. For more information see: https://docs.rs/getrandom/#webassembly-support',
    /randomness/,
  ],
  [
    'getrandom 0.3',
    'error: The wasm32-unknown-unknown targets are not supported by default; you may need to enable the "wasm_js" configuration flag.',
    /randomness/,
  ],
  [
    'getrandom 0.4',
    'error: The wasm32/64-unknown-unknown are not supported by default; you may need to enable the "wasm_js" crate feature.',
    /randomness/,
  ],
  [
    'mio',
    'error: This wasm target is unsupported by mio (only the WASI and Emscripten wasm targets are supported). If using Tokio, disable the net feature.',
    /wasi:http/,
  ],
  [
    'tokio',
    'error: Only features sync,macros,io-util,rt,time are supported on wasm.\n   --> /registry/tokio-1.54.1/src/lib.rs:516:1',
    /without its net feature/,
  ],
  ['reqwest’s blocking', 'error[E0433]: cannot find `blocking` in `reqwest`', /wasi:http/],
  ['an import of it', 'error[E0432]: unresolved import `reqwest::blocking::Client`', /wasi:http/],
  ['socket2', "error: Socket2 doesn't support the compile target", /wasi:http/],
  [
    'ring, without clang',
    'warning: ring@0.17.14: Compiler family detection failed due to error: ToolNotFound: failed to find tool "clang": No such file or directory (os error 2)\nerror: failed to run custom build command for `ring v0.17.14`',
    /wasi-sdk/,
  ],
  ['openssl-sys', 'error: failed to run custom build command for `openssl-sys v0.9.118`', /pure Rust/],
  ['a C header', "foo.c:1:10: fatal error: 'stdio.h' file not found", /wasi-sdk/],
  [
    'the old target name',
    'error: failed to run `rustc` to learn about target-specific information\n\nCaused by:\n  error: error loading target specification: could not find specification for target "wasm32-wasi"',
    /wasm32-wasip1/,
  ],
  ["a distribution's toolchain", 'error: linker `wasm-component-ld` not found', /rustup/],
  [
    'no C linker',
    'error: linker `cc` not found\n  |\n  = note: No such file or directory (os error 2)',
    /has cc\.$/,
  ],
  [
    'an old toolchain with a cdylib',
    'wasm-ld: error: entry symbol not defined (pass --no-entry to suppress): _initialize',
    /\[\[bin\]\]/,
  ],
  [
    'a symbol that nothing defines',
    '  = note: rust-lld: error: /a/b.o: undefined symbol: from_c\n',
    /^Nothing defines from_c:/,
  ],
  ['a toolchain without its linker', 'error: linker `rust-lld` not found', /lacks the linker rust-lld/],
  [
    'a compiler killed for memory',
    'error: could not compile `big` (bin "big")\n\nCaused by:\n  process didn\'t exit successfully: `rustc --crate-name big` (signal: 9, SIGKILL: kill)',
    /fewer jobs/,
  ],
  ['a full disk', 'error: failed to write /a/b: No space left on device (os error 28)', /disk is full/],
  [
    'no network',
    'error: failed to get `serde` as a dependency of package `a`\n\nCaused by:\n  [6] Could not resolve hostname (Could not resolve host: index.crates.io)',
    /network/,
  ],
];

describe('known failures', () => {
  for (const [what, text, hint] of printed) {
    it(`know ${what}`, () => assert.match(recognise(text)?.hint ?? '', hint));
  }

  it('do not claim a plain compile error', () => {
    assert.equal(
      recognise('error[E0425]: cannot find value `clang` in this scope\n --> src/main.rs:1:1'),
      null,
    );
  });

  it('give the first error of a text as the message, and all of it as the cause', () => {
    const { value } = explainFailure('warning: w\nerror[E0001]: first thing\nerror: second', 'otherwise');
    assert.equal(value.message, 'first thing.');
    assert.match(value.cause!, /second/);
    assert.equal(explainFailure('', 'cargo build failed').value.message, 'cargo build failed.');
  });
});
