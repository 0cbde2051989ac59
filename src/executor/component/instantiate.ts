import type { Component, Definition, ExternDesc, NamedIndex } from '../../wasm/component/model.ts';
import type { CompiledModule, CoreEngine } from '../engine/engine.ts';
import { alias } from './alias.ts';
import { canon } from './canon.ts';
import { ComponentInstance } from './context.ts';
import { hostExtern, type HostFunctions } from './hostInstance.ts';
import { resolveType } from './resolveTypes.ts';
import { type Extern, type Externs, Scope, type ScopedComponent, unlinkable } from './scope.ts';

/** A component may make instances of the components in it, and these again: more than this many are refused. */
const mostInstances = 1000;

/**
 * Instantiates a component: goes through its definitions in order, linking core modules to each other, to the
 * host's functions and to those of other components. Runs the core modules' start functions.
 *
 * @param modules the compiled form of each core module, nested components' included
 * @returns what it exports
 */
export function instantiate(
  component: Component,
  modules: ReadonlyMap<Uint8Array, CompiledModule>,
  engine: CoreEngine,
  host: HostFunctions,
): Externs {
  let instances = 0;

  /** `args` is null for the outermost component, whose imports are the host's. */
  function instantiateOne(
    { component, scope: outer }: { component: Component; scope: Scope | null },
    args: Externs | null,
  ): Externs {
    if (++instances > mostInstances) throw unlinkable(`it makes more than ${mostInstances} instances`);
    const scope = new Scope(outer);
    const instance = new ComponentInstance();
    const exports = new Map<string, Extern>();
    for (const definition of component.definitions) define(definition, scope, instance, args, exports);
    return exports;
  }

  function define(
    definition: Definition,
    scope: Scope,
    instance: ComponentInstance,
    args: Externs | null,
    exports: Map<string, Extern>,
  ): void {
    switch (definition.kind) {
      case 'core module':
        scope.push('core module', modules.get(definition.bytes));
        return;
      case 'instantiate core module':
        scope.push('core instance', instantiateCore(definition, scope));
        return;
      case 'core instance of exports': {
        const entries = definition.exports.map((e) => [e.name, scope.get(e.sort, e.index)] as const);
        scope.push('core instance', withoutPrototype(entries));
        return;
      }
      case 'core type':
        scope.push('core type', null);
        return;
      case 'component':
        scope.push('component', { component: definition.component, scope } satisfies ScopedComponent);
        return;
      case 'instantiate component':
        scope.push(
          'instance',
          instantiateOne(scope.get('component', definition.component), named(definition.args, scope)),
        );
        return;
      case 'instance of exports':
        scope.push('instance', named(definition.exports, scope));
        return;
      case 'type':
        scope.push('type', resolveType(definition.type, scope, instance));
        return;
      case 'lift':
      case 'lower':
      case 'resource.new':
      case 'resource.drop':
      case 'resource.rep':
        canon(definition, scope, instance);
        return;
      case 'import':
        scope.push(definition.desc.kind, imported(definition, scope, args));
        return;
      case 'export': {
        const { sort, index } = definition.of;
        const value: unknown = scope.get(sort, index);
        exports.set(definition.name, { sort, value });
        scope.push(sort, value);
        return;
      }
      default:
        alias(definition, scope);
    }
  }

  function instantiateCore(
    definition: Extract<Definition, { kind: 'instantiate core module' }>,
    scope: Scope,
  ): WebAssembly.ModuleImports {
    const imports = definition.args.map(
      ({ name, instance }) => [name, scope.get('core instance', instance)] as const,
    );
    const module = scope.get('core module', definition.module);
    try {
      return engine.instantiate(module, withoutPrototype(imports)).exports;
    } catch (error) {
      throw isMismatch(error) ? unlinkable(`${module.name} does not link (${error.message})`) : error;
    }
  }

  function imported(
    { name, desc }: { name: string; desc: ExternDesc },
    scope: Scope,
    args: Externs | null,
  ): unknown {
    if (args !== null) {
      const arg = args.get(name);
      if (arg?.sort !== desc.kind) {
        throw unlinkable(`an inner component is not given its import "${name}"`);
      }
      return arg.value;
    }
    return hostExtern(name, null, desc, scope, host);
  }

  return instantiateOne({ component, scope: null }, null);
}

function named(items: readonly NamedIndex[], scope: Scope): Externs {
  return new Map(items.map(({ name, sort, index }) => [name, { sort, value: scope.get(sort, index) }]));
}

/** An object that has these members and none else, whatever their names. */
function withoutPrototype<T>(entries: readonly (readonly [string, T])[]): Record<string, T> {
  return Object.assign(Object.create(null) as Record<string, T>, Object.fromEntries(entries));
}

/** What the engine throws for imports that are not there or of another type, and not what a start function throws. */
function isMismatch(error: unknown): error is Error {
  if (error instanceof WebAssembly.LinkError) return true;
  return error instanceof TypeError && error.message.startsWith('WebAssembly.Instance()');
}
