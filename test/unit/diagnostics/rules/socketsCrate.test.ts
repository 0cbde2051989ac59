import assert from 'node:assert/strict';
import { check, type FileTexts, manifest, outlayer } from '../support.ts';

const crate = (dependency: string, target: string, more: FileTexts = {}, metadata = ''): FileTexts => ({
  'Cargo.toml': manifest(`\n[dependencies]\n${dependency}\n${metadata}`),
  'src/main.rs': 'fn main() {}\n',
  '.cargo/config.toml': `[build]\ntarget = "${target}"\n`,
  ...more,
});
const mio = (version: string) => `mio = { version = "${version}", features = ["net"] }`;
const locked = (name: string, version: string): FileTexts => ({
  'Cargo.lock': `version = 4\n\n[[package]]\nname = "${name}"\nversion = "${version}"\n`,
});

const builds = /builds for wasm32-wasip\d, and fails once it connects/;
const doesNot = /does not build for wasm32-wasip\d/;

/** What was seen of their builds with Rust 1.95; test/cli/provoked.test.ts builds some of them. */
const cases: readonly (readonly [title: string, files: FileTexts, severity: string, says: RegExp])[] = [
  ['mio 1 for components', crate(mio('1'), 'wasm32-wasip2'), 'hint', builds],
  ['mio 1 for modules', crate(mio('1'), 'wasm32-wasip1'), 'warning', doesNot],
  ['mio 1.1, held there', crate(mio('~1.1'), 'wasm32-wasip2'), 'warning', doesNot],
  ['mio 0.8', crate(mio('0.8'), 'wasm32-wasip2'), 'warning', doesNot],
  ['mio 1, locked to 1.0', crate(mio('1'), 'wasm32-wasip2', locked('mio', '1.0.4')), 'warning', doesNot],
  ['mio 1, locked to 1.2', crate(mio('1'), 'wasm32-wasip2', locked('mio', '1.2.0')), 'hint', builds],
  ['mio on the worker', crate(mio('1'), 'wasm32-wasip2', {}, outlayer), 'warning', builds],
  ['socket2 0.6', crate('socket2 = "0.6"', 'wasm32-wasip2'), 'hint', builds],
  ['socket2 =0.6.1', crate('socket2 = "=0.6.1"', 'wasm32-wasip2'), 'warning', doesNot],
  ['ureq for modules', crate('ureq = "3"', 'wasm32-wasip1'), 'warning', builds],
  ['reqwest 0.12', crate('reqwest = "0.12"', 'wasm32-wasip2'), 'hint', builds],
  [
    'reqwest 0.12 with blocking',
    crate('reqwest = { version = "0.12", features = ["json", "blocking"] }', 'wasm32-wasip2'),
    'warning',
    /^reqwest with its feature blocking needs sockets, and does not build for wasm32-wasip2\. For HTTP use/,
  ],
  ['reqwest 0.13', crate('reqwest = "0.13"', 'wasm32-wasip2'), 'warning', doesNot],
  [
    'tokio',
    crate('tokio = { version = "1", features = ["full"] }', 'wasm32-wasip2'),
    'warning',
    /^tokio with its feature full needs sockets, and does not build for wasm32-wasip2\. Name only the features/,
  ],
];

describe('a crate that needs sockets, by its version and the target', () => {
  for (const [title, files, severity, says] of cases) {
    it(title, async () => {
      const found = (await check(files)).filter(({ code }) => code === 'wasi/sockets-crate');
      assert.equal(found.length, 1);
      assert.equal(found[0]!.severity, severity);
      assert.match(found[0]!.message, says);
    });
  }
});
