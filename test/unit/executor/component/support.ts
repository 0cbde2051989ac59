import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { coreModules } from '../../../../src/executor/component/coreModules.ts';
import type { HostFunctions } from '../../../../src/executor/component/hostInstance.ts';
import { instantiate } from '../../../../src/executor/component/instantiate.ts';
import type { Externs } from '../../../../src/executor/component/scope.ts';
import type { CoreEngine } from '../../../../src/executor/engine/engine.ts';
import type { ComponentFunc } from '../../../../src/executor/component/types.ts';
import { readComponent } from '../../../../src/wasm/component/readComponent.ts';
import { plainEngine } from '../host/plainEngine.ts';

/** The binary of a component's or module's text. */
export function assemble(text: string): Promise<Uint8Array> {
  return parse(text);
}

export interface Linked {
  /** The function exported under that name, or in the instance of that name. */
  readonly call: (name: string, ...args: unknown[]) => unknown;
  readonly exports: Externs;
  /** Bytes of the memory of the n-th core instance. */
  readonly bytes: (instance: number, at: number, length: number) => string;
}

/** Links a component's text to host functions by their names. */
export async function link(
  text: string,
  host: Record<string, (...args: never[]) => unknown> = {},
): Promise<Linked> {
  const component = readComponent(await assemble(text));
  const plain = plainEngine();
  const instances: WebAssembly.Instance[] = [];
  const engine: CoreEngine = {
    ...plain,
    instantiate(module, imports) {
      const instance = plain.instantiate(module, imports);
      instances.push(instance);
      return instance;
    },
  };
  const modules = coreModules(component);
  const compiled = await engine.compile(modules);
  const byBytes = new Map(modules.map(({ bytes }, i) => [bytes, compiled[i]!]));
  const functions: HostFunctions = (_, name, type) => ({
    type,
    call: host[name] as unknown as ComponentFunc['call'],
  });
  const exports = instantiate(component, byBytes, engine, functions);
  return {
    exports,
    call: (name, ...args) => (exports.get(name)!.value as ComponentFunc).call(...args),
    bytes(instance, at, length) {
      const memory = instances[instance]!.exports['memory'] as WebAssembly.Memory;
      return Buffer.from(memory.buffer, at, length).toString('hex');
    },
  };
}

/** A core module with a memory, and an allocator that never frees, starts at 1024, and logs its arguments from 8192 on. */
export const allocatorModule = (body: string): string => `
  (core module $m
    (memory (export "memory") 1)
    (global $next (mut i32) (i32.const 1024))
    (global $log (mut i32) (i32.const 8192))
    (func (export "realloc") (param $old i32) (param $oldSize i32) (param $align i32) (param $size i32) (result i32)
      (local $at i32)
      (i32.store offset=0 (global.get $log) (local.get $old))
      (i32.store offset=4 (global.get $log) (local.get $oldSize))
      (i32.store offset=8 (global.get $log) (local.get $align))
      (i32.store offset=12 (global.get $log) (local.get $size))
      (global.set $log (i32.add (global.get $log) (i32.const 16)))
      (local.set $at
        (i32.and
          (i32.add (global.get $next) (i32.sub (local.get $align) (i32.const 1)))
          (i32.sub (i32.const 0) (local.get $align))))
      (memory.copy (local.get $at) (local.get $old)
        (select (local.get $oldSize) (local.get $size) (i32.lt_u (local.get $oldSize) (local.get $size))))
      (global.set $next (i32.add (local.get $at) (local.get $size)))
      (local.get $at))
    ${body})`;
