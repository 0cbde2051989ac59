import assert from 'node:assert/strict';
import { allocatorModule, link, type Linked } from './support.ts';

/** A component that takes a string or a list from the host and hands one back, in the encoding given. */
const component = (type: string, encoding: string, data = ''): string => `(component
  (type $t ${type})
  (import "give" (func $give (result $t)))
  ${allocatorModule(`
    (func (export "load") (result i32) (i32.const 128))
    ${data}`)}
  (core instance $i (instantiate $m))
  (alias core export $i "memory" (core memory $mem))
  (core func $give' (canon lower (func $give)
    (memory $mem) (realloc (core func $i "realloc")) string-encoding=${encoding}))
  (core module $calls
    (import "host" "give" (func $give (param i32)))
    (func (export "give") (call $give (i32.const 512))))
  (core instance $c (instantiate $calls (with "host" (instance (export "give" (func $give'))))))
  (func (export "load") (result $t)
    (canon lift (core func $i "load") (memory $mem) string-encoding=${encoding}))
  (func (export "run-give") (canon lift (core func $c "give"))))`;

/** The allocations asked for so far: old pointer, old size, alignment, new size. */
function allocations(linked: Linked, count: number): number[][] {
  const log = Buffer.from(linked.bytes(0, 8192, count * 16), 'hex');
  return Array.from({ length: count }, (_, i) => [0, 4, 8, 12].map((at) => log.readUInt32LE(i * 16 + at)));
}

async function given(type: string, encoding: string, value: unknown): Promise<Linked> {
  const linked = await link(component(type, encoding), { give: () => value });
  linked.call('run-give');
  return linked;
}

describe('canonical ABI: strings and lists', () => {
  it('stores UTF-8 with one exact allocation', async () => {
    const linked = await given('string', 'utf8', 'aé🦀');
    assert.equal(linked.bytes(0, 512, 8), '0004000007000000');
    assert.equal(linked.bytes(0, 1024, 7), '61c3a9f09fa680');
    assert.deepEqual(allocations(linked, 2), [
      [0, 0, 1, 7],
      [0, 0, 0, 0],
    ]);
  });

  it('asks for an allocation of nothing too, as wasmtime does', async () => {
    const linked = await given('string', 'utf8', '');
    assert.deepEqual(allocations(linked, 1), [[0, 0, 1, 0]]);
    const list = await given('(list u32)', 'utf8', []);
    assert.deepEqual(allocations(list, 1), [[0, 0, 4, 0]]);
  });

  it('stores UTF-16 in twice the UTF-8 length, and gives back the rest', async () => {
    const linked = await given('string', 'utf16', 'é🦀');
    // UTF-8 has 6 bytes: 12 are asked for; 3 code units remain.
    assert.deepEqual(allocations(linked, 2), [
      [0, 0, 2, 12],
      [1024, 12, 2, 6],
    ]);
    assert.equal(linked.bytes(0, 512, 8), '0c04000003000000');
    assert.equal(linked.bytes(0, 1024 + 12, 6), 'e9003ed880dd');
  });

  it('stores Latin-1 where it can', async () => {
    const linked = await given('string', 'latin1+utf16', 'aé');
    assert.deepEqual(allocations(linked, 2), [
      [0, 0, 2, 3],
      [1024, 3, 2, 2],
    ]);
    assert.equal(linked.bytes(0, 512, 8), '0404000002000000');
    assert.equal(linked.bytes(0, 1024 + 4, 2), '61e9');
  });

  it('turns from Latin-1 to UTF-16 at the first character beyond it', async () => {
    const linked = await given('string', 'latin1+utf16', 'aπ');
    assert.deepEqual(allocations(linked, 3), [
      [0, 0, 2, 3],
      [1024, 3, 2, 6],
      [1028, 6, 2, 4],
    ]);
    assert.equal(linked.bytes(0, 516, 4), '02000080');
    assert.equal(linked.bytes(0, 1034, 4), '6100c003');
  });

  it('allocates a list first, then what its elements point to, in order', async () => {
    const linked = await given('(list string)', 'utf8', ['ab', 'c']);
    assert.deepEqual(allocations(linked, 3), [
      [0, 0, 4, 16],
      [0, 0, 1, 2],
      [0, 0, 1, 1],
    ]);
    assert.equal(linked.bytes(0, 1024, 16), '10040000020000001204000001000000');
    assert.equal(linked.bytes(0, 1040, 3), '616263');
  });

  const at144 = (length: string, data: string): string =>
    `(data (i32.const 128) "\\90\\00\\00\\00${length}") (data (i32.const 144) "${data}")`;

  const loads: [encoding: string, data: string, text: string][] = [
    ['utf8', at144('\\03\\00\\00\\00', 'a\\c3\\a9'), 'aé'],
    ['utf8', at144('\\03\\00\\00\\00', '\\ef\\bb\\bf'), '\ufeff'],
    ['utf16', at144('\\02\\00\\00\\00', '\\3e\\d8\\80\\dd'), '🦀'],
    ['latin1+utf16', at144('\\02\\00\\00\\00', 'a\\e9'), 'aé'],
    ['latin1+utf16', at144('\\01\\00\\00\\80', '\\c0\\03'), 'π'],
  ];
  for (const [encoding, data, text] of loads) {
    it(`loads ${encoding}: ${JSON.stringify(text)}`, async () => {
      const linked = await link(component('string', encoding, data), {});
      assert.equal(linked.call('load'), text);
    });
  }

  it('loads numbers as the typed array of their width', async () => {
    const data = at144('\\02\\00\\00\\00', '\\01\\00\\02\\00');
    const linked = await link(component('(list u16)', 'utf8', data));
    assert.deepEqual(linked.call('load'), Uint16Array.of(1, 2));
  });

  const traps: [what: string, type: string, encoding: string, data: string, message: RegExp][] = [
    ['UTF-8 that is none', 'string', 'utf8', at144('\\01\\00\\00\\00', '\\ff'), /invalid utf-8/],
    ['a lone surrogate', 'string', 'utf16', at144('\\01\\00\\00\\00', '\\3e\\d8'), /invalid utf-16/],
    ['a string past the end', 'string', 'utf8', at144('\\00\\00\\01\\00', ''), /out of bounds/],
    [
      'UTF-16 at an odd address',
      'string',
      'utf16',
      '(data (i32.const 128) "\\91\\00\\00\\00")',
      /not aligned/,
    ],
    ['a list past the end', '(list u64)', 'utf8', at144('\\00\\00\\00\\20', ''), /out of bounds/],
    ['a list not aligned', '(list u64)', 'utf8', '(data (i32.const 128) "\\91\\00\\00\\00")', /not aligned/],
    ['a char that is a surrogate', '(list char)', 'utf8', at144('\\01\\00\\00\\00', '\\00\\d8'), /surrogate/],
    [
      'a char beyond Unicode',
      '(list char)',
      'utf8',
      at144('\\01\\00\\00\\00', '\\00\\00\\11'),
      /out of range/,
    ],
    [
      'a case that is none',
      '(list (enum "a" "b"))',
      'utf8',
      at144('\\01\\00\\00\\00', '\\02'),
      /discriminant 2/,
    ],
  ];
  for (const [what, type, encoding, data, message] of traps) {
    it(`traps on ${what}`, async () => {
      const named = type.replace('(enum "a" "b")', '$e');
      const text = component(named, encoding, data).replace(
        '(component',
        '(component (type $e (enum "a" "b"))',
      );
      const linked = await link(text);
      assert.throws(
        () => linked.call('load'),
        (error: Error) => {
          assert.ok(error instanceof WebAssembly.RuntimeError);
          assert.match(error.message, message);
          return true;
        },
      );
    });
  }
});
