import type { Declaration, ExternDesc } from '../../wasm/component/model.ts';
import { alias } from './alias.ts';
import { funcTypeAt, resolveType } from './resolveTypes.ts';
import { type Extern, type Externs, Scope, type ScopedType, unlinkable } from './scope.ts';
import type { ComponentFunc, FuncType, ResourceType } from './types.ts';

/** Gives a component's imports from the host: a function by its interface (null where it stands alone) and name. */
export type HostFunctions = (iface: string | null, name: string, type: FuncType) => ComponentFunc;

/** What the host gives for an import of the outermost component, or for an export of an interface it imports. */
export function hostExtern(
  name: string,
  iface: string | null,
  desc: ExternDesc,
  scope: Scope,
  host: HostFunctions,
): unknown {
  switch (desc.kind) {
    case 'func':
      return host(iface, name, funcTypeAt(desc.type, scope));
    case 'type':
      if (desc.bound.kind === 'eq') return scope.get('type', desc.bound.type);
      return { kind: 'resource', owner: null, destructor: null } satisfies ResourceType;
    case 'instance': {
      const type = scope.get('type', desc.type);
      if (type.kind !== 'instance type') throw unlinkable(`type ${desc.type} is not the type of an instance`);
      return hostInstance(name, type, host);
    }
    default:
      throw unlinkable(`it imports a ${desc.kind}, "${name}", which only a component can give`);
  }
}

function hostInstance(iface: string, type: ScopedType, host: HostFunctions): Externs {
  const scope = new Scope(type.scope);
  const exports = new Map<string, Extern>();
  const declare = (declaration: Declaration): void => {
    switch (declaration.kind) {
      case 'core type':
        scope.push('core type', null);
        return;
      case 'type':
        scope.push('type', resolveType(declaration.type, scope, null));
        return;
      case 'export': {
        const { kind } = declaration.desc;
        const value = hostExtern(declaration.name, iface, declaration.desc, scope, host);
        scope.push(kind, value);
        exports.set(declaration.name, { sort: kind, value });
        return;
      }
      case 'import':
        throw unlinkable('the type of an instance has an import');
      default:
        alias(declaration, scope);
    }
  };
  type.declarations.forEach(declare);
  return exports;
}
