import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import wabt from 'wabt';
import { encodeUtf8 } from '../../../src/shared/text.ts';
import { summarise } from '../../../src/wasm/summary.ts';

const toolkit = await wabt();

function wat(text: string): Uint8Array {
  return toolkit.parseWat('test.wat', text).toBinary({}).buffer;
}

function looksLike(bytes: Uint8Array): string {
  const summary = summarise(bytes);
  assert.equal(summary.kind, 'other');
  return summary.looksLike;
}

const preamble = [0x00, 0x61, 0x73, 0x6d];

/** A component with nothing but an import of an instance type and its export. */
const component = Uint8Array.from([
  ...[...preamble, 0x0d, 0x00, 0x01, 0x00],
  ...[0x07, 0x05, 0x02, 0x42, 0x00, 0x42, 0x00], // type section: two empty instance types
  ...[0x0a, 0x0a, 0x01, 0x00, 0x05, ...encodeUtf8('a:b/c'), 0x05, 0x00], // import "a:b/c" (instance (type 0))
]);

describe('summarise', () => {
  it('lists the imports and exports of a module', () => {
    const bytes = wat(`(module
      (import "env" "log" (func (param i32)))
      (import "env" "memory" (memory 1))
      (func (export "_start"))
      (global (export "version") i32 (i32.const 1)))`);
    assert.deepEqual(summarise(bytes), {
      kind: 'module',
      imports: [
        { module: 'env', name: 'log', kind: 'func' },
        { module: 'env', name: 'memory', kind: 'memory' },
      ],
      exports: [
        { name: '_start', kind: 'func' },
        { name: 'version', kind: 'global' },
      ],
    });
  });

  it('lists the imports of a component', () => {
    assert.deepEqual(summarise(component), { kind: 'component', imports: ['a:b/c'], exports: [] });
  });

  it('says that a module or a component is cut off, and where', () => {
    const module = wat('(module (func (export "_start")))');
    for (let length = preamble.length + 5; length < module.length; length++) {
      const cut = summarise(module.subarray(0, length));
      // A cut between two sections leaves a module that is whole as far as it goes.
      if (cut.kind === 'module') continue;
      assert.match(looksLike(module.subarray(0, length)), /WebAssembly module that is damaged .* offset \d+/);
    }
    assert.match(looksLike(component.subarray(0, 20)), /component that is damaged or cut off.* offset \d+/);
    assert.equal(looksLike(module.subarray(0, 6)), 'a WebAssembly file cut off after 6 bytes');
  });

  it('names other versions', () => {
    const versioned = (...rest: number[]) => looksLike(Uint8Array.from([...preamble, ...rest]));
    assert.match(versioned(2, 0, 0, 0), /module of version 2/);
    assert.match(versioned(0x0c, 0, 1, 0), /component of version 12/);
    assert.match(versioned(1, 0, 9, 0), /unknown kind/);
  });

  const others: [string, Uint8Array, RegExp][] = [
    ['nothing', new Uint8Array(), /^an empty file$/],
    ['white space', encodeUtf8(' \r\n'), /white space/],
    ['this Node.js binary', readFileSync(process.execPath).subarray(0, 4096), /native program/],
    ['a Windows program', Uint8Array.from([0x4d, 0x5a, 0x90, 0]), /PE file/],
    ['a macOS program', Uint8Array.from([0xcf, 0xfa, 0xed, 0xfe, 7, 0, 0, 1]), /Mach-O/],
    ['an rlib', encodeUtf8('!<arch>\n/       0'), /archive of object files/],
    ['gzip', gzipSync('x'), /gzip/],
    ['WAT', encodeUtf8(';; a comment\n(module)'), /WAT/],
    ['WAT with a byte order mark', encodeUtf8('\ufeff(component)'), /WAT/],
    ['HTML', encodeUtf8('<!DOCTYPE html>\n<html>'), /HTML/],
    ['JSON', encodeUtf8('{"a": 1}\n'), /^JSON$/],
    ['a Git LFS pointer', encodeUtf8('version https://git-lfs.github.com/spec/v1\n'), /Git LFS/],
    ['text', encodeUtf8('grüße\nzweite'), /^text that begins with "grüße"$/],
    [
      'text whose sample ends inside a character',
      encodeUtf8('x' + 'ü'.repeat(40_000)),
      /^text that begins with/,
    ],
    ['binary data', Uint8Array.from([1, 2, 0xff]), /^binary data that begins with 01 02 ff$/],
  ];
  for (const [what, bytes, expected] of others) {
    it(`tells ${what}`, () => assert.match(looksLike(bytes), expected));
  }
});
