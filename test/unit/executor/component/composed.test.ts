import assert from 'node:assert/strict';
import { GuestResource } from '../../../../src/executor/component/handles.ts';
import { allocatorModule, link } from './support.ts';

const isTrap = (message: RegExp) => (error: unknown) =>
  error instanceof WebAssembly.RuntimeError && message.test(error.message);

describe('components in components', () => {
  it('passes a string from one component’s memory to another’s', async () => {
    // The inner component takes a string and answers its length and its first byte; the outer one calls it.
    const linked = await link(`(component
      (component $inner
        ${allocatorModule(`
          (func (export "measure") (param $at i32) (param $length i32) (result i32)
            (i32.store (i32.const 512) (local.get $length))
            (i32.store8 (i32.const 516) (i32.load8_u (local.get $at)))
            (i32.const 512))`)}
        (core instance $i (instantiate $m))
        (alias core export $i "memory" (core memory $mem))
        (func (export "measure") (param "text" string) (result (tuple u32 u8))
          (canon lift (core func $i "measure") (memory $mem) (realloc (core func $i "realloc")))))
      (instance $inner' (instantiate $inner))
      ${allocatorModule('(data (i32.const 64) "hello")')}
      (core instance $i (instantiate $m))
      (alias core export $i "memory" (core memory $mem))
      (alias export $inner' "measure" (func $measure))
      (core func $measure' (canon lower (func $measure) (memory $mem)))
      (core module $calls
        (import "inner" "measure" (func $measure (param i32 i32 i32)))
        (func (export "call") (result i32)
          (call $measure (i32.const 64) (i32.const 5) (i32.const 512))
          (i32.const 512)))
      (core instance $c (instantiate $calls (with "inner" (instance (export "measure" (func $measure'))))))
      (func (export "call") (result (tuple u32 u8)) (canon lift (core func $c "call") (memory $mem))))`);
    assert.deepEqual(linked.call('call'), [5, 104]);
    assert.equal(linked.bytes(1, 512, 5), '0500000068', 'the answer stands in the outer memory');
    assert.equal(
      linked.bytes(0, 1024, 5),
      Buffer.from('hello').toString('hex'),
      'the string in the inner one',
    );
  });

  /** A component with a resource: `make` gives one of 7, `read` borrows one, and dropping tells the memory at 600. */
  const resources = `
    (component $inner
      (core module $m
        (import "r" "new" (func $new (param i32) (result i32)))
        (memory (export "memory") 1)
        (func (export "make") (result i32) (call $new (i32.const 7)))
        (func (export "read") (param i32) (result i32) (i32.add (local.get 0) (i32.const 100))))
      (core module $d
        (global $dropped (export "dropped") (mut i32) (i32.const 0))
        (func (export "drop") (param i32) (global.set $dropped (local.get 0)))
        (func (export "last") (result i32) (global.get $dropped)))
      (core instance $d' (instantiate $d))
      (type $r (resource (rep i32) (dtor (core func $d' "drop"))))
      (core func $new (canon resource.new $r))
      (core instance $i (instantiate $m (with "r" (instance (export "new" (func $new))))))
      (export $r' "thing" (type $r))
      (func (export "make") (result (own $r')) (canon lift (core func $i "make")))
      (func (export "read") (param "self" (borrow $r')) (result u32) (canon lift (core func $i "read")))
      (func (export "last") (result u32) (canon lift (core func $d' "last"))))
    (instance $inner' (instantiate $inner))
    (alias export $inner' "thing" (type $thing))
    (alias export $inner' "make" (func $make))
    (alias export $inner' "read" (func $read))
    (alias export $inner' "last" (func $last))
    (core func $make' (canon lower (func $make)))
    (core func $read' (canon lower (func $read)))
    (core func $drop (canon resource.drop $thing))`;

  const using = (body: string): string => `(component
    ${resources}
    (core module $calls
      (import "i" "make" (func $make (result i32)))
      (import "i" "read" (func $read (param i32) (result i32)))
      (import "i" "drop" (func $drop (param i32)))
      (func (export "call") (result i32) (local $h i32) ${body}))
    (core instance $c (instantiate $calls (with "i" (instance
      (export "make" (func $make')) (export "read" (func $read')) (export "drop" (func $drop))))))
    (func (export "call") (result u32) (canon lift (core func $c "call")))
    (export "make" (func $make))
    (export "read" (func $read))
    (export "last" (func $last)))`;

  it('hands out a resource, lends it by its representation, and destroys it once dropped', async () => {
    const linked = await link(
      using(`(local.set $h (call $make))
        (call $read (local.get $h))
        (call $drop (local.get $h))`),
    );
    assert.equal(linked.call('call'), 107, 'its own instance sees the representation, not a handle');
    assert.equal(linked.call('last'), 7);
    const thing = linked.call('make');
    assert.ok(thing instanceof GuestResource);
    assert.equal(linked.call('read', thing), 107);
  });

  it('traps on a handle that was dropped, was never there, or is of nobody', async () => {
    const twice = await link(
      using(
        `(local.set $h (call $make)) (call $drop (local.get $h)) (call $drop (local.get $h)) (i32.const 0)`,
      ),
    );
    assert.throws(() => twice.call('call'), isTrap(/unknown handle index 1/));
    const never = await link(using('(call $read (i32.const 5))'));
    assert.throws(() => never.call('call'), isTrap(/unknown handle index 5/));
    const zero = await link(using('(call $read (i32.const 0))'));
    assert.throws(() => zero.call('call'), isTrap(/unknown handle index 0/));
  });

  it('traps when a borrowed handle is kept beyond its call', async () => {
    const linked = await link(`(component
      (import "types" (instance $types (export "thing" (type (sub resource)))))
      (alias export $types "thing" (type $thing))
      (core func $drop (canon resource.drop $thing))
      (core module $m
        (import "i" "drop" (func $drop (param i32)))
        (func (export "drops") (param i32) (call $drop (local.get 0)))
        (func (export "keeps") (param i32)))
      (core instance $i (instantiate $m (with "i" (instance (export "drop" (func $drop))))))
      (func (export "drops") (param "x" (borrow $thing)) (canon lift (core func $i "drops")))
      (func (export "keeps") (param "x" (borrow $thing)) (canon lift (core func $i "keeps"))))`);
    assert.doesNotThrow(() => linked.call('drops', {}));
    assert.throws(() => linked.call('keeps', {}), isTrap(/borrow handles still remain/));
  });

  it('disposes of the host’s object when its handle is dropped', async () => {
    let disposed = 0;
    const linked = await link(
      `(component
        (import "host" (instance $host
          (export "thing" (type $t (sub resource)))
          (export "get" (func (result (own $t))))))
        (alias export $host "thing" (type $thing))
        (alias export $host "get" (func $get))
        (core func $drop (canon resource.drop $thing))
        (core func $get' (canon lower (func $get)))
        (core module $m
          (import "i" "get" (func $get (result i32)))
          (import "i" "drop" (func $drop (param i32)))
          (func (export "call") (call $drop (call $get))))
        (core instance $i (instantiate $m (with "i" (instance
          (export "get" (func $get')) (export "drop" (func $drop))))))
        (func (export "call") (canon lift (core func $i "call"))))`,
      { get: () => ({ [Symbol.dispose]: () => disposed++ }) },
    );
    linked.call('call');
    linked.call('call');
    assert.equal(disposed, 2);
  });

  it('reaches types and functions of outer components, and takes what it is given', async () => {
    const linked = await link(
      `(component
        (type $pair (tuple u8 u8))
        (import "add" (func $add (param "x" u8) (param "y" u8) (result u8)))
        (component $wrapper
          (alias outer 1 $pair (type $pair))
          (import "inner" (func $inner (param "x" u8) (param "y" u8) (result u8)))
          (export "outer" (func $inner)))
        (instance $w (instantiate $wrapper (with "inner" (func $add))))
        (export "api" (instance $w)))`,
      { add: (x: number, y: number) => x + y },
    );
    const api = linked.exports.get('api')!.value as typeof linked.exports;
    const { call } = api.get('outer')!.value as { call: (...args: unknown[]) => unknown };
    assert.equal(call(3, 4), 7);
  });
});
