import assert from 'node:assert/strict';
import { coreSections, readCustomSections, readExports, readImports } from '../../../src/wasm/coreModule.ts';
import { sectionId } from '../../../src/wasm/sections.ts';
import { assemble } from '../fuel/assemble.ts';

const preamble = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const bytesOf = (...bytes: number[]) => Uint8Array.from([...preamble, ...bytes]);

describe('Core modules', () => {
  const module = assemble(`(module $named
    (import "a" "f" (func (param i32))) (import "a" "t" (table 1 2 funcref))
    (import "b" "m" (memory 1)) (import "b" "g" (global (mut i64)))
    (func) (export "own" (func 1)) (export "memory" (memory 0)))`);
  const sections = coreSections(module);

  it('lists imports and exports in order', () => {
    assert.deepEqual(
      readImports(module, sections).map(({ module, name, kind }) => `${module}.${name} ${kind}`),
      ['a.f func', 'a.t table', 'b.m memory', 'b.g global'],
    );
    assert.deepEqual(readExports(module, sections), [
      { name: 'own', kind: 'func', index: 1 },
      { name: 'memory', kind: 'memory', index: 0 },
    ]);
    assert.deepEqual(readExports(bytesOf(), coreSections(bytesOf())), []);
  });

  it('gives each section its place', () => {
    const [first] = sections;
    assert.equal(first!.id, sectionId.type);
    assert.equal(first!.start, preamble.length);
    for (const [n, { end }] of sections.entries()) {
      assert.equal(end, sections[n + 1]?.start ?? module.length);
    }
  });

  it('finds custom sections by name, their contents after it', () => {
    const bytes = bytesOf(0, 4, 2, 0x68, 0x69, 0x7f);
    const [custom] = readCustomSections(bytes, coreSections(bytes));
    assert.equal(custom!.name, 'hi');
    assert.equal(bytes[custom!.contentStart], 0x7f);
  });

  it('refuses what is damaged, with the offset', () => {
    assert.throws(() => coreSections(Uint8Array.of(1, 2, 3, 4)), /no WebAssembly magic number at offset 0\b/);
    assert.throws(() => coreSections(Uint8Array.from([...preamble.slice(0, 4), 13, 0, 1, 0])), /version 1/);
    assert.throws(() => coreSections(bytesOf(1, 5, 0)), /runs past the end at offset 8\b/);
    const twice = bytesOf(7, 1, 0, 7, 1, 0);
    assert.throws(() => readExports(twice, coreSections(twice)), /twice at offset 11\b/);
    const longer = bytesOf(7, 2, 0, 0);
    assert.throws(() => readExports(longer, coreSections(longer)), /longer than its contents at offset 11\b/);
    const unknown = bytesOf(7, 4, 1, 0, 9, 0);
    assert.throws(() => readExports(unknown, coreSections(unknown)), /unknown kind .* at offset 12\b/);
  });
});
