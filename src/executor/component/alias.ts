import type { Alias } from '../../wasm/component/model.ts';
import { type Scope, unlinkable } from './scope.ts';

/** Adds what an alias names to the scope it stands in. */
export function alias(definition: Alias, scope: Scope): void {
  const { sort } = definition;
  switch (definition.kind) {
    case 'alias outer':
      scope.push(sort, scope.outer(definition.count).get(sort, definition.index));
      return;
    case 'alias export': {
      const found = scope.get('instance', definition.instance).get(definition.name);
      if (found?.sort !== sort) throw unlinkable(`an instance has no ${sort} "${definition.name}"`);
      scope.push(sort, found.value);
      return;
    }
    case 'alias core export': {
      const value = scope.get('core instance', definition.instance)[definition.name];
      if (!isCoreExtern(value, sort)) throw unlinkable(`a core instance has no ${sort} "${definition.name}"`);
      scope.push(sort, value);
    }
  }
}

function isCoreExtern(value: unknown, sort: string): boolean {
  if (sort === 'core func') return typeof value === 'function';
  if (sort === 'core memory') return value instanceof WebAssembly.Memory;
  if (sort === 'core table') return value instanceof WebAssembly.Table;
  return sort === 'core global' && value instanceof WebAssembly.Global;
}
