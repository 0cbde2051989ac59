import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { allocatorModule, link } from './support.ts';

/** A type, one of its values, and how CanonicalABI.md has it: its bytes in memory, and its core values. */
interface Row {
  /** In the text format; defined types are given a name first. */
  readonly type: string;
  readonly value: unknown;
  readonly bytes: string;
  readonly flat: readonly string[];
}

const rows: Row[] = [
  { type: 'bool', value: true, bytes: '01', flat: ['i32.const 1'] },
  { type: 's8', value: -2, bytes: 'fe', flat: ['i32.const -2'] },
  { type: 'u8', value: 254, bytes: 'fe', flat: ['i32.const 254'] },
  { type: 's16', value: -2, bytes: 'feff', flat: ['i32.const -2'] },
  { type: 'u16', value: 65534, bytes: 'feff', flat: ['i32.const 65534'] },
  { type: 's32', value: -2, bytes: 'feffffff', flat: ['i32.const -2'] },
  { type: 'u32', value: 4294967294, bytes: 'feffffff', flat: ['i32.const -2'] },
  { type: 's64', value: -2n, bytes: 'feffffffffffffff', flat: ['i64.const -2'] },
  { type: 'u64', value: 2n ** 64n - 2n, bytes: 'feffffffffffffff', flat: ['i64.const -2'] },
  { type: 'f32', value: 1.5, bytes: '0000c03f', flat: ['f32.const 1.5'] },
  { type: 'f64', value: -0.25, bytes: '000000000000d0bf', flat: ['f64.const -0.25'] },
  { type: 'char', value: '🦀', bytes: '80f90100', flat: ['i32.const 0x1f980'] },
  // Padding after the u8 up to the u32, and after the u16 up to the whole's alignment.
  {
    type: '(record (field "small-one" u8) (field "b" u32) (field "c" u16))',
    value: { smallOne: 1, b: 2, c: 3 },
    bytes: '010000000200000003000000',
    flat: ['i32.const 1', 'i32.const 2', 'i32.const 3'],
  },
  {
    type: '(tuple u8 u64)',
    value: [7, 9n],
    bytes: '07000000000000000900000000000000',
    flat: ['i32.const 7', 'i64.const 9'],
  },
  {
    type: '(flags "a-b" "c" "d")',
    value: { aB: true, c: false, d: true },
    bytes: '05',
    flat: ['i32.const 5'],
  },
  {
    type: `(flags ${Array.from({ length: 9 }, (_, i) => `"f${i}"`).join(' ')})`,
    value: Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`f${i}`, i === 8])),
    bytes: '0001',
    flat: ['i32.const 256'],
  },
  { type: '(enum "red" "dark-green")', value: 'dark-green', bytes: '01', flat: ['i32.const 1'] },
  { type: '(option u32)', value: undefined, bytes: '00000000', flat: ['i32.const 0', 'i32.const 0'] },
  { type: '(option u32)', value: 5, bytes: '0100000005000000', flat: ['i32.const 1', 'i32.const 5'] },
  {
    type: '(result u8 (error u64))',
    value: { tag: 'err', val: 3n },
    bytes: '01000000000000000300000000000000',
    flat: ['i32.const 1', 'i64.const 3'],
  },
  { type: '(result)', value: { tag: 'ok' }, bytes: '00', flat: ['i32.const 0'] },
  // The cases share core values: i32 and f32 join to i32, anything with 64 bits to i64, by their bits.
  {
    type: '(variant (case "none") (case "f" f32) (case "i" u32))',
    value: { tag: 'f', val: 1.5 },
    bytes: '010000000000c03f',
    flat: ['i32.const 1', 'i32.const 0x3fc00000'],
  },
  {
    type: '(variant (case "d" f64) (case "i" s32))',
    value: { tag: 'i', val: -1 },
    bytes: '0100000000000000ffffffff',
    flat: ['i32.const 1', 'i64.const 0xffffffff'],
  },
  {
    type: '(variant (case "d" f64) (case "l" u64) (case "f" f32))',
    value: { tag: 'd', val: -0.25 },
    bytes: '0000000000000000000000000000d0bf',
    flat: ['i32.const 0', 'i64.const 0xbfd0000000000000'],
  },
];

const escaped = (hex: string): string => hex.replace(/../g, '\\$&');
const coreType = (constant: string): string => constant.slice(0, 3);

/** Sends a value each way: out of memory, into memory, as core arguments to the host, as core arguments to the guest. */
function component({ type, bytes, flat }: Row): string {
  const params = flat.map((c) => coreType(c)).join(' ');
  const stores = flat.map((c, i) => `(${coreType(c)}.store (i32.const ${256 + i * 8}) (local.get ${i}))`);
  return `(component
    (type $t ${type})
    (import "give" (func $give (result (list $t))))
    (import "take" (func $take (param "x" $t)))
    ${allocatorModule(`
      (func (export "load") (result i32) (i32.const 128))
      (func (export "put") (param ${params}) ${stores.join(' ')})
      (data (i32.const 128) "\\90\\00\\00\\00\\01\\00\\00\\00")
      (data (i32.const 144) "${escaped(bytes)}")`)}
    (core instance $i (instantiate $m))
    (alias core export $i "memory" (core memory $mem))
    (core func $give' (canon lower (func $give) (memory $mem) (realloc (core func $i "realloc"))))
    (core func $take' (canon lower (func $take) (memory $mem)))
    (core module $calls
      (import "host" "give" (func $give (param i32)))
      (import "host" "take" (func $take (param ${params})))
      (func (export "give") (call $give (i32.const 512)))
      (func (export "take") (call $take ${flat.map((c) => `(${c})`).join(' ')})))
    (core instance $c (instantiate $calls
      (with "host" (instance (export "give" (func $give')) (export "take" (func $take'))))))
    (func (export "load") (result (list $t)) (canon lift (core func $i "load") (memory $mem)))
    (func (export "put") (param "x" $t)
      (canon lift (core func $i "put") (memory $mem) (realloc (core func $i "realloc"))))
    (func (export "run-give") (canon lift (core func $c "give")))
    (func (export "run-take") (canon lift (core func $c "take"))))`;
}

const asArray = (list: unknown): unknown[] => Array.from(list as Iterable<unknown>);

describe('canonical ABI: values', () => {
  for (const row of rows) {
    it(`${row.type}: ${inspect(row.value)}`, async () => {
      let taken: unknown = 'nothing';
      const linked = await link(component(row), {
        give: () => [row.value],
        take: (value: unknown) => {
          taken = value;
        },
      });
      assert.deepEqual(asArray(linked.call('load')), [row.value], 'loaded from memory');

      linked.call('run-give');
      assert.equal(linked.bytes(0, 512, 8), '0004000001000000', 'one element at the first allocation');
      assert.equal(linked.bytes(0, 1024, row.bytes.length / 2), row.bytes, 'stored to memory');

      linked.call('run-take');
      assert.deepEqual(taken, row.value, 'lifted from core values');

      linked.call('put', row.value);
      row.flat.map(constantBytes).forEach((bytes, i) => {
        assert.equal(linked.bytes(0, 256 + i * 8, bytes.length / 2), bytes, `core value ${i}`);
      });
    });
  }
});

/** Little-endian bytes of a constant's text. */
function constantBytes(constant: string): string {
  const [type, text] = constant.split('.const ') as [string, string];
  const bytes = Buffer.alloc(type.endsWith('64') ? 8 : 4);
  if (type === 'f32') bytes.writeFloatLE(Number(text));
  else if (type === 'f64') bytes.writeDoubleLE(Number(text));
  else if (type === 'i32') bytes.writeInt32LE(Number(text) | 0);
  else bytes.writeBigUInt64LE(BigInt.asUintN(64, BigInt(text)));
  return bytes.toString('hex');
}
