import { fuelModels } from '../../src/shared/fuelModel.ts';
import type { Program } from './program.ts';
import { assemble } from './wat.ts';

/** A core module with work that costs something, and a loop to stop in. */
const work = `(core module $work
  (memory (export "memory") 1)
  (global $count (mut i32) (i32.const 0))
  (func $step (param i32) (result i32) (i32.mul (local.get 0) (i32.const 3)))
  (func (export "work") (param i32) (result i32)
    (loop
      (global.set $count (i32.add (global.get $count) (call $step (local.get 0))))
      (i32.store (i32.const 8) (global.get $count))
      (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
    (i32.load (i32.const 8))))`;

/** Another that imports from it; its `run` ends well, or badly, as `body` says. */
const caller = (body: string) => `(core module $caller
  (import "work" "work" (func $work (param i32) (result i32)))
  (func (export "run") (result i32) ${body}))`;

const runs = `(core instance $work' (instantiate $work))
  (core instance $caller' (instantiate $caller (with "work" (instance $work'))))
  (func $run (result (result)) (canon lift (core func $caller' "run")))`;

const command = (run: string) => `(instance $command (export "run" (func ${run})))
  (export "wasi:cli/run@0.2.0" (instance $command))`;

/** A component that exports `run` as a function. */
const inner = (body: string) =>
  `(component $inner ${work} ${caller(body)} ${runs} (export "run" (func $run)))`;

const well = '(drop (call $work (i32.const 9))) (drop (call $work (i32.const 4))) (i32.const 0)';

const texts: Readonly<Record<string, string>> = {
  'two core modules': `${work} ${caller(well)} ${runs} ${command('$run')}`,
  'two core modules, the first instantiated twice': `${work}
    (core module $caller
      (import "a" "work" (func $a (param i32) (result i32)))
      (import "b" "work" (func $b (param i32) (result i32)))
      (func (export "run") (result i32) (drop (i32.add (call $a (i32.const 5)) (call $b (i32.const 6)))) (i32.const 0)))
    (core instance $a (instantiate $work))
    (core instance $b (instantiate $work))
    (core instance $c (instantiate $caller (with "a" (instance $a)) (with "b" (instance $b))))
    (func $run (result (result)) (canon lift (core func $c "run")))
    ${command('$run')}`,
  'a core module with a start function': `
    (core module $started (memory 1) (func $s (i32.store (i32.const 4) (i32.const 7))) (start $s)
      (func (export "run") (result i32) (i32.sub (i32.load (i32.const 4)) (i32.const 7))))
    (core instance $s (instantiate $started))
    (func $run (result (result)) (canon lift (core func $s "run")))
    ${command('$run')}`,
  'a component in a component': `${inner(well)}
    (instance $inner' (instantiate $inner))
    (alias export $inner' "run" (func $run))
    ${command('$run')}`,
  'a component in a component that fails': `${inner('(drop (call $work (i32.const 9))) (i32.const 1)')}
    (instance $inner' (instantiate $inner))
    (alias export $inner' "run" (func $run))
    ${command('$run')}`,
  'a component in a component that traps': `${inner('(i32.div_u (call $work (i32.const 9)) (i32.const 0))')}
    (instance $inner' (instantiate $inner))
    (alias export $inner' "run" (func $run))
    ${command('$run')}`,
  'two components side by side, one of them run': `${inner(well)}
    (instance $first (instantiate $inner))
    (instance $second (instantiate $inner))
    (alias export $second "run" (func $run))
    ${command('$run')}`,
  'a component that is given a core module': `
    (component $outer
      (import "module" (core module $given (export "run" (func (result i32)))))
      (core instance $i (instantiate $given))
      (func $run (result (result)) (canon lift (core func $i "run")))
      (export "run" (func $run)))
    (core module $given (func (export "run") (result i32) (local i32)
      (loop (br_if 0 (i32.lt_u (local.tee 0 (i32.add (local.get 0) (i32.const 1))) (i32.const 9)))) (i32.const 0)))
    (instance $o (instantiate $outer (with "module" (core module $given))))
    (alias export $o "run" (func $run))
    ${command('$run')}`,
  'three components deep': `
    (component $middle
      ${inner(well)}
      (instance $inner' (instantiate $inner))
      (alias export $inner' "run" (func $run))
      (export "run" (func $run)))
    (instance $middle' (instantiate $middle))
    (alias export $middle' "run" (func $run))
    ${command('$run')}`,
};

/** Components of several core modules and components, whose modules all count into one number. */
export async function componentPrograms(): Promise<Program[]> {
  return Promise.all(
    Object.entries(texts).map(async ([name, text]): Promise<Program> => {
      const bytes = await assemble(name, `(component ${text})`);
      const modules = [{ name: 'component', bytes }];
      return { name: `components/${name}`, kind: 'p2', modules, models: fuelModels, everyLimit: true };
    }),
  );
}
