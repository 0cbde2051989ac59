import type { TypeDefinition, TypeRef } from '../../wasm/component/model.ts';
import { type Scope, type TypeEntry, unlinkable } from './scope.ts';
import type { FuncType, ResourceType, ValueType } from './types.ts';

/** Values in values: the validators' own bound, so that codecs cannot recurse without end. */
const mostNesting = 100;
const nesting = new WeakMap<ValueType, number>();

const primitiveTypes = new Map<string, ValueType>();

/** The type that a definition makes in `scope`; `owner` is the instance that its resources belong to. */
export function resolveType(definition: TypeDefinition, scope: Scope, owner: object | null): TypeEntry {
  switch (definition.kind) {
    case 'component type':
    case 'instance type':
      return { kind: definition.kind, declarations: definition.declarations, scope };
    case 'func':
      return {
        kind: 'func',
        params: definition.params.map(({ name, type }) => ({ name, type: resolveRef(type, scope) })),
        result: resolveOptional(definition.result, scope),
      } satisfies FuncType;
    case 'resource': {
      const { destructor } = definition;
      return {
        kind: 'resource',
        owner,
        destructor: destructor === null ? null : (rep) => void scope.get('core func', destructor)(rep),
      } satisfies ResourceType;
    }
    case 'primitive':
      return resolveRef(definition.type, scope);
    default:
      return bounded(resolveValue(definition, scope));
  }
}

type ValueDefinition = Exclude<
  TypeDefinition,
  { kind: 'component type' | 'instance type' | 'func' | 'resource' | 'primitive' }
>;

function resolveValue(definition: ValueDefinition, scope: Scope): ValueType {
  const resolve = (ref: TypeRef): ValueType => resolveRef(ref, scope);
  switch (definition.kind) {
    case 'record':
      return {
        kind: 'record',
        fields: definition.fields.map(({ name, type }) => ({ name, type: resolve(type) })),
      };
    case 'variant':
      return {
        kind: 'variant',
        cases: definition.cases.map(({ name, type }) => ({ name, type: resolveOptional(type, scope) })),
      };
    case 'list':
      return { kind: 'list', element: resolve(definition.element) };
    case 'tuple':
      return { kind: 'tuple', types: definition.types.map(resolve) };
    case 'flags':
      if (definition.names.length > 32) throw unlinkable('it has flags of more than 32 names');
      return definition;
    case 'enum':
      return definition;
    case 'option':
      return { kind: 'option', type: resolve(definition.type) };
    case 'result':
      return {
        kind: 'result',
        ok: resolveOptional(definition.ok, scope),
        err: resolveOptional(definition.err, scope),
      };
    default:
      return { kind: definition.kind, resource: resourceAt(definition.resource, scope) };
  }
}

/**
 * The resource type of an index.
 *
 * @throws WorkbenchError `invalid-wasm` where another type stands there
 */
export function resourceAt(index: number, scope: Scope): ResourceType {
  const type = scope.get('type', index);
  if (type.kind !== 'resource') throw unlinkable(`type ${index} is not a resource`);
  return type;
}

/**
 * The function type of an index.
 *
 * @throws WorkbenchError `invalid-wasm` where another type stands there
 */
export function funcTypeAt(index: number, scope: Scope): FuncType {
  const type = scope.get('type', index);
  if (type.kind !== 'func') throw unlinkable(`type ${index} is not a function type`);
  return type;
}

function resolveOptional(ref: TypeRef | null, scope: Scope): ValueType | null {
  return ref === null ? null : resolveRef(ref, scope);
}

function resolveRef(ref: TypeRef, scope: Scope): ValueType {
  if (typeof ref === 'number') {
    const type = scope.get('type', ref);
    switch (type.kind) {
      case 'func':
      case 'resource':
      case 'component type':
      case 'instance type':
        throw unlinkable(`type ${ref} is not the type of a value`);
      default:
        return type;
    }
  }
  let type = primitiveTypes.get(ref);
  if (type === undefined) {
    type = { kind: ref };
    primitiveTypes.set(ref, type);
  }
  return type;
}

function bounded(type: ValueType): ValueType {
  const depth = 1 + Math.max(0, ...partsOf(type).map((part) => nesting.get(part) ?? 0));
  if (depth > mostNesting) throw unlinkable('it nests types too deep');
  nesting.set(type, depth);
  return type;
}

function partsOf(type: ValueType): readonly ValueType[] {
  const there = (types: readonly (ValueType | null)[]): ValueType[] => types.filter((t) => t !== null);
  switch (type.kind) {
    case 'record':
      return type.fields.map((field) => field.type);
    case 'variant':
      return there(type.cases.map((c) => c.type));
    case 'list':
      return [type.element];
    case 'tuple':
      return type.types;
    case 'option':
      return [type.type];
    case 'result':
      return there([type.ok, type.err]);
    default:
      return [];
  }
}
