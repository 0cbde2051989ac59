import type { Shape } from './shape.ts';

const adds = '(drop (i32.add (i32.const 1) (i32.const 2)))';
const call = '(func $leaf (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))';

/** What the counter holds after a trap: the last thing that was written back, however much ran since. */
export const trapShapes: readonly Shape[] = [
  {
    name: 'unreachable',
    wat: `(func (export "f") ${adds} (unreachable))`,
    calls: ['f', 'f'],
    everyLimit: true,
  },
  {
    name: 'division by zero in a straight line',
    wat: `(func (export "f") (param i32) (result i32) ${adds} (i32.div_u (i32.const 1) (local.get 0)) ${adds})`,
    calls: ['f i32:1', 'f i32:0', 'f i32:1'],
    everyLimit: true,
  },
  {
    name: 'a trap after a call',
    wat: `${call} (func (export "f") (param i32) (result i32) ${adds} (drop (call $leaf (i32.const 1))) ${adds} (i32.rem_s (i32.const 1) (local.get 0)))`,
    calls: ['f i32:0', 'f i32:3'],
    everyLimit: true,
  },
  {
    name: 'a trap in a callee',
    wat: `(memory 1) (func $g (param i32) (result i32) ${adds} (i32.load (local.get 0)))
      (func (export "f") (param i32) (result i32) ${adds} (call $g (local.get 0)) ${adds})`,
    calls: ['f i32:0', 'f i32:65533', 'f i32:4294967295'],
    everyLimit: true,
  },
  {
    name: 'a trap in a loop',
    wat: `(func (export "f") (param i32) (loop ${adds} (drop (i32.div_s (i32.const 8) (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))) (br 0)))`,
    calls: ['f i32:1', 'f i32:9'],
  },
  {
    name: 'a trap in each arm',
    wat: `(func (export "f") (param i32) (if (local.get 0) (then ${adds} (unreachable)) (else ${adds} ${adds} (unreachable))) ${adds})`,
    calls: ['f i32:0', 'f i32:1'],
  },
  {
    name: 'a signed division that overflows',
    wat: '(func (export "f") (result i32) (i32.div_s (i32.const 0x80000000) (i32.const -1)))',
    calls: ['f'],
  },
  {
    name: 'a trap between two stores',
    wat: '(memory (export "m") 1) (func (export "f") (i32.store (i32.const 0) (i32.const 1)) (i64.store (i32.const 65529) (i64.const 1)) (i32.store (i32.const 4) (i32.const 2)))',
    calls: ['f'],
  },
  {
    name: 'a trap after memory.grow',
    wat: `(memory (export "m") 1 3) (func (export "f") (result i32) ${adds} (drop (memory.grow (i32.const 1))) ${adds} (i32.load (i32.const 131070)))`,
    calls: ['f', 'f', 'f'],
  },
  {
    name: 'an indirect call to null, out of the table, and of another type',
    wat: `(type $t (func (result i32))) (table 4 funcref) (elem (i32.const 0) $a $b)
      (func $a (result i32) (i32.const 1)) (func $b (param i32))
      (func (export "f") (param i32) (result i32) ${adds} (call_indirect (type $t) (local.get 0)))`,
    calls: ['f i32:0', 'f i32:1', 'f i32:2', 'f i32:4', 'f i32:0'],
    everyLimit: true,
  },
  {
    name: 'a conversion out of range',
    wat: '(func (export "f") (param f64) (result i32) (i32.const 1) (drop) (i32.trunc_f64_s (local.get 0)))',
    calls: ['f f64:0', 'f f64:9221120237041090560', 'f f64:4890909195324358656'],
  },
  ...joins(),
  ...loops(),
  ...staticOffsets(),
];

/** Paths that meet with more written on one, by a call, than on the other, before what traps. */
function joins(): Shape[] {
  const leaf = `(drop (call $leaf (i32.const 1))) ${adds}`;
  const load = `(drop (i32.load (i32.const 0))) ${adds}`;
  const ways = {
    'a branch out of a block': `(block ${leaf} (br_if 0 (local.get 1)) ${load})`,
    'a branch out of a block, with a value': `(block (result i32) ${leaf} (br_if 0 (i32.const 3) (local.get 1)) ${load}) (drop)`,
    'a table of branches': `(block (block ${leaf} (br_table 0 1 (local.get 1))) ${load})`,
    'a then': `(if (local.get 1) (then ${leaf}) (else ${load}))`,
    'an else': `(if (local.get 1) (then ${load}) (else ${leaf}))`,
    'an if without an else': `${leaf} (if (local.get 1) (then ${load}))`,
    'a branch out of a then': `(if (local.get 1) (then ${leaf} (br 0)) (else ${load}))`,
    'a loop that is left': `(loop ${leaf} (br_if 1 (local.get 1)) ${load})`,
    'a loop that has ended': `(loop ${leaf} (if (local.get 1) (then ${load})))`,
    'an else of an else': `(if (local.get 1) (then ${load}) (else ${leaf} (if (local.get 0) (then ${load}) (else ${leaf}))))`,
  };
  return Object.entries(ways).map(([name, way]) => ({
    name: `a trap after ${name}`,
    wat: `(memory 1) ${call} (func (export "f") (param i32 i32)
      (block ${adds} ${way} (drop (i32.load (local.get 0))) ${adds}) ${adds})`,
    calls: [0, 65536].flatMap((address) => [0, 1].map((path) => `f i32:${address} i32:${path}`)),
    everyLimit: true,
  }));
}

/** A round begins with what the round before, or the code before the loop, has called. */
function loops(): Shape[] {
  const branches = {
    br: '(br $again)',
    br_if: '(br_if $again (i32.const 1))',
    'br_if with a value': '(br_if $again (i32.const 7) (i32.const 1)) (drop)',
    br_table: '(br_table $again (i32.const 0))',
    'br out of an if': '(if (i32.const 1) (then (br $again)))',
  };
  return Object.entries(branches).map(([name, branch]) => {
    const value = name.endsWith('value');
    return {
      name: `a trap in a later round of a loop that calls, by ${name}`,
      wat: `(memory 1) ${call} (func (export "f") (param i32 i32)
        (drop (call $leaf (i32.const 1))) ${adds}
        ${value ? '(i32.const 5)' : ''} (loop $again ${value ? '(param i32) (drop)' : ''} ${adds}
          (drop (i32.load (local.get 0)))
          (local.set 0 (call $leaf (i32.add (local.get 0) (local.get 1)))) ${adds} ${branch}))`,
      calls: ['f i32:65536 i32:0', 'f i32:0 i32:30000', 'f i32:0 i32:70000'],
      everyLimit: true,
    };
  });
}

/** A static offset beyond the largest possible memory is a trap that is known when the code is compiled. */
function staticOffsets(): Shape[] {
  const body = (access: string) =>
    `(func (export "f") (param i32) ${adds} (if (local.get 0) (then ${adds} ${access} ${adds})) ${adds})`;
  const load = (offset: number) => `(drop (i32.load offset=${offset} (i32.const 0)))`;
  const store = (offset: number) => `(i64.store offset=${offset} (i32.const 0) (i64.const 0))`;
  const declared: [string, string, number[]][] = [
    ['no maximum', '(memory 1)', [65532, 65533, 131072, 4294967290, 4294967292, 4294967293, 4294967295]],
    ['a maximum of two pages', '(memory 1 2)', [65532, 65533, 131068, 131069, 131072, 4294967295]],
    ['a maximum of no pages', '(memory 0 0)', [0, 1, 65536]],
    ['the largest maximum', '(memory 1 65536)', [65533, 4294967292, 4294967293, 4294967295]],
  ];
  return declared.flatMap(([what, memory, offsets]) =>
    offsets.flatMap((offset) =>
      Object.entries({ load: load(offset), store: store(offset) }).map(([kind, access]) => ({
        name: `static offset ${offset}, ${kind}, ${what}`,
        wat: `${memory} ${body(access)}`,
        calls: ['f i32:0', 'f i32:1', 'f i32:0'],
      })),
    ),
  );
}
