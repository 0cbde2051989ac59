import type { Canon, CanonOptions } from '../../wasm/component/model.ts';
import { type CanonContext, type ComponentInstance, type Realloc } from './context.ts';
import { GuestMemory } from './guestMemory.ts';
import { GuestResource } from './handles.ts';
import { lift } from './lift.ts';
import { lower } from './lower.ts';
import { funcTypeAt, resourceAt } from './resolveTypes.ts';
import { type Scope, unlinkable } from './scope.ts';
import { trap } from './trap.ts';

/** Adds what a canonical definition makes to the scope of `instance`. */
export function canon(definition: Canon, scope: Scope, instance: ComponentInstance): void {
  if (definition.kind === 'lift') {
    const { options } = definition;
    const postReturn = options.postReturn === null ? null : scope.get('core func', options.postReturn);
    const cx = context(options, scope, instance, postReturn !== null);
    const type = funcTypeAt(definition.type, scope);
    scope.push('func', lift(type, scope.get('core func', definition.func), cx, postReturn));
    return;
  }
  scope.push('core func', coreCanon(definition, scope, instance));
}

function coreCanon(
  definition: Exclude<Canon, { kind: 'lift' }>,
  scope: Scope,
  instance: ComponentInstance,
): (...args: never[]) => unknown {
  if (definition.kind === 'lower') {
    return lower(scope.get('func', definition.func), context(definition.options, scope, instance, false));
  }
  const type = resourceAt(definition.type, scope);
  const { handles } = instance;
  const leave = (): void => {
    if (!instance.mayLeave) trap('cannot leave component instance');
  };
  if (definition.kind !== 'resource.drop' && type.owner !== instance) {
    throw unlinkable(`it uses ${definition.kind} on a resource that it does not define`);
  }
  switch (definition.kind) {
    case 'resource.new':
      return (representation: number) => {
        leave();
        return handles.add(type, new GuestResource(type, representation), null);
      };
    case 'resource.drop':
      return (handle: number) => {
        leave();
        handles.drop(type, handle);
      };
    case 'resource.rep':
      return (handle: number) => (handles.value(type, handle) as GuestResource).representation;
  }
}

const noMemory = new GuestMemory(new WebAssembly.Memory({ initial: 0 }));

function context(
  options: CanonOptions,
  scope: Scope,
  instance: ComponentInstance,
  copies: boolean,
): CanonContext {
  const { memory, realloc, encoding } = options;
  return {
    instance,
    encoding,
    memory: memory === null ? noMemory : new GuestMemory(scope.get('core memory', memory)),
    realloc:
      realloc === null
        ? () => trap('a function without realloc was given something to allocate')
        : (scope.get('core func', realloc) as Realloc),
    copies,
    openBorrows: 0,
  };
}
