import assert from 'node:assert/strict';
import { ComponentError } from '../../../../src/executor/component/componentError.ts';
import { allocatorModule, link } from './support.ts';

const isTrap = (message: RegExp) => (error: unknown) =>
  error instanceof WebAssembly.RuntimeError && message.test(error.message);

describe('canonical ABI: calls', () => {
  it('passes more than 16 core values in memory, both ways', async () => {
    const names = Array.from({ length: 17 }, (_, i) => `(param "p${i}" u8)`).join(' ');
    let seen: unknown[] = [];
    const linked = await link(
      `(component
        (import "many" (func $many ${names} (result u32)))
        ${allocatorModule(`
          (func (export "sum") (param $at i32) (result i32)
            (local $i i32) (local $sum i32)
            (loop $next
              (local.set $sum (i32.add (local.get $sum)
                (i32.load8_u (i32.add (local.get $at) (local.get $i)))))
              (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 17))))
            (local.get $sum))
          (data (i32.const 128) "\\00\\01\\02\\03\\04\\05\\06\\07\\08\\09\\0a\\0b\\0c\\0d\\0e\\0f\\10")`)}
        (core instance $i (instantiate $m))
        (alias core export $i "memory" (core memory $mem))
        (core func $many' (canon lower (func $many) (memory $mem)))
        (core module $calls
          (import "host" "many" (func $many (param i32) (result i32)))
          (func (export "call") (result i32) (call $many (i32.const 128))))
        (core instance $c (instantiate $calls (with "host" (instance (export "many" (func $many'))))))
        (func (export "sum") ${names} (result u32)
          (canon lift (core func $i "sum") (memory $mem) (realloc (core func $i "realloc"))))
        (func (export "call") (result u32) (canon lift (core func $c "call"))))`,
      {
        many: (...args: number[]) => {
          seen = args;
          return 7;
        },
      },
    );
    const oneTo = Array.from({ length: 17 }, (_, i) => i);
    assert.equal(linked.call('call'), 7);
    assert.deepEqual(seen, oneTo);
    assert.equal(linked.call('sum', ...oneTo), 136);
    assert.equal(linked.bytes(0, 8192, 16), '00000000000000000100000011000000', 'one allocation of 17 bytes');
  });

  it('answers a result through its return pointer, errors as what was thrown', async () => {
    const linked = await link(
      `(component
        (import "try" (func $try (param "x" u8) (result (result u32 (error string)))))
        ${allocatorModule('')}
        (core instance $i (instantiate $m))
        (alias core export $i "memory" (core memory $mem))
        (core func $try' (canon lower (func $try) (memory $mem) (realloc (core func $i "realloc"))))
        (core module $calls
          (import "host" "try" (func $try (param i32 i32)))
          (func (export "call") (param i32) (result i32)
            (call $try (local.get 0) (i32.const 512))
            (i32.const 512)))
        (core instance $c (instantiate $calls (with "host" (instance (export "try" (func $try'))))))
        (func (export "call") (param "x" u8) (result (result u32 (error string)))
          (canon lift (core func $c "call") (memory $mem))))`,
      {
        try: (x: number) => {
          if (x === 1) throw new ComponentError('no');
          if (x === 2) throw new RangeError('a fault of the host');
          return 9;
        },
      },
    );
    assert.equal(linked.call('call', 0), 9);
    assert.equal(linked.bytes(0, 512, 8), '0000000009000000');
    assert.throws(
      () => linked.call('call', 1),
      (error: unknown) => error instanceof ComponentError && error.payload === 'no',
    );
    assert.equal(linked.bytes(0, 512, 12), '010000000004000002000000');
    assert.throws(() => linked.call('call', 2), RangeError);
  });

  it('gives what was returned back to post-return, after it was read', async () => {
    const linked = await link(`(component
      ${allocatorModule(`
        (func (export "bytes") (result i32) (i32.const 128))
        (func (export "free") (param i32)
          (i32.store (i32.const 600) (local.get 0))
          (memory.fill (i32.const 144) (i32.const 0) (i32.const 4)))
        (data (i32.const 128) "\\90\\00\\00\\00\\02\\00\\00\\00")
        (data (i32.const 144) "\\05\\06")`)}
      (core instance $i (instantiate $m))
      (alias core export $i "memory" (core memory $mem))
      (func (export "bytes") (result (list u8))
        (canon lift (core func $i "bytes") (memory $mem) (post-return (core func $i "free")))))`);
    assert.deepEqual(linked.call('bytes'), Uint8Array.of(5, 6));
    assert.equal(linked.bytes(0, 600, 4), '80000000');
  });

  const calling = (args: string, core: string, pointer: string): string => `(component
    (import "f" (func $f ${args}))
    ${allocatorModule('')}
    (core instance $i (instantiate $m))
    (alias core export $i "memory" (core memory $mem))
    (core func $f' (canon lower (func $f) (memory $mem) (realloc (core func $i "realloc"))))
    (core module $calls
      (import "host" "f" (func $f ${core}))
      (func (export "call") (call $f ${pointer})))
    (core instance $c (instantiate $calls (with "host" (instance (export "f" (func $f'))))))
    (func (export "call") (canon lift (core func $c "call"))))`;

  it('traps on a return pointer that is out of bounds or not aligned', async () => {
    const host = { f: () => [1, 2] };
    const at = (pointer: number): string =>
      calling('(result (tuple u32 u32))', '(param i32)', `(i32.const ${pointer})`);
    assert.throws(await caller(at(65532), host), isTrap(/out of bounds/));
    assert.throws(await caller(at(2), host), isTrap(/not aligned/));
    assert.doesNotThrow(await caller(at(65528), host));
  });

  it('traps when code that realloc runs calls out', async () => {
    const text = `(component
      (import "give" (func $give (result string)))
      (core module $m
        (import "host" "drop" (func $drop (param i32)))
        (memory (export "memory") 1)
        (func (export "realloc") (param i32 i32 i32 i32) (result i32)
          (call $drop (i32.const 1))
          (i32.const 64)))
      (type $r (resource (rep i32)))
      (core func $drop (canon resource.drop $r))
      (core instance $i (instantiate $m (with "host" (instance (export "drop" (func $drop))))))
      (alias core export $i "memory" (core memory $mem))
      (core func $give' (canon lower (func $give) (memory $mem) (realloc (core func $i "realloc"))))
      (core module $calls
        (import "host" "give" (func $give (param i32)))
        (func (export "call") (call $give (i32.const 512))))
      (core instance $c (instantiate $calls (with "host" (instance (export "give" (func $give'))))))
      (func (export "call") (canon lift (core func $c "call"))))`;
    assert.throws(await caller(text, { give: () => 'x' }), isTrap(/cannot leave component instance/));
  });

  it('refuses to be entered again by a host function that it called', async () => {
    const text = calling('', '', '');
    let again = (): unknown => undefined;
    const linked = await link(text, { f: () => again() });
    again = () => linked.call('call');
    assert.throws(() => linked.call('call'), isTrap(/cannot enter component instance/));
  });
});

async function caller(
  text: string,
  host: Record<string, (...args: never[]) => unknown>,
): Promise<() => void> {
  const linked = await link(text, host);
  return () => linked.call('call');
}
