import type { HostInterfaces } from '../host/preview2/preview2.ts';
import { Unreachable } from '../host/preview2/unreachable.ts';
import type { HostFunctions } from './hostInstance.ts';
import { camelCase, pascalCase, splitVersion } from './names.ts';
import { trap } from './trap.ts';
import type { ComponentFunc } from './types.ts';

type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;
type Class = (new (...args: unknown[]) => object) & { readonly prototype: object };

/**
 * The host's object behind a function of an interface, by its name in WIT: `get-stdin`, `[constructor]fields`,
 * `[method]pollable.block`, `[static]fields.from-list`. Undefined where the host has no such function.
 */
export function hostFunction(
  host: HostInterfaces,
  iface: string | null,
  name: string,
  params: number,
): ComponentFunc['call'] | undefined {
  const members = hostInterface(host, iface ?? name);
  if (members === undefined) return undefined;
  const [, kind, resource = '', member = ''] = /^\[(\w+)\]([^.]+)(?:\.(.+))?$/.exec(name) ?? [];
  if (kind === undefined) return asFunction(own(members, iface === null ? 'default' : camelCase(name)));
  const found = hostResource(members, resource);
  if (typeof found !== 'function') return undefined;
  if (found === Unreachable) return () => trap('no such resource exists');
  const Resource = found as unknown as Class;
  if (kind === 'constructor') return (...args) => new Resource(...args);
  if (kind === 'static') return asFunction(own(Resource, camelCase(member)))?.bind(Resource);
  const method = asFunction(methodOf(Resource, camelCase(member)));
  return method === undefined ? undefined : methodCall(method, params);
}

/** An interface of the host by its name, with or without a version. */
export function hostInterface(host: HostInterfaces, name: string): HostInterfaces[string] | undefined {
  return own(host, splitVersion(name).base) as HostInterfaces[string] | undefined;
}

/** The class of a resource by its name in WIT. */
export function hostResource(members: HostInterfaces[string], name: string): unknown {
  return own(members, pascalCase(name));
}

/**
 * A member that the object has itself. Names come from the guest, and what objects and classes inherit (`constructor`
 * leads to Function, and that to any code) is no part of the host.
 */
function own(object: object, name: string): unknown {
  return Object.hasOwn(object, name) ? (object as Record<string, unknown>)[name] : undefined;
}

/** A method of a class or of those that it extends; nothing that every object has. */
function methodOf(Resource: Class, name: string): unknown {
  return name in Object.prototype ? undefined : (Resource.prototype as Record<string, unknown>)[name];
}

function asFunction(value: unknown): AnyFunction | undefined {
  return typeof value === 'function' ? (value as AnyFunction) : undefined;
}

/** The object that a method is called on comes as the first argument; spelt out by number for speed. */
function methodCall(method: AnyFunction, params: number): ComponentFunc['call'] {
  switch (params) {
    case 1:
      return (self) => method.call(self);
    case 2:
      return (self, a) => method.call(self, a);
    default:
      return (self, ...args) => method.apply(self, args);
  }
}

/** The host as {@link HostFunctions}; what is asked for has been checked to be there. */
export function hostFunctions(host: HostInterfaces): HostFunctions {
  return (iface, name, type) => {
    const call = hostFunction(host, iface, name, type.params.length);
    return { type, call: call ?? (() => trap(`${iface ?? name} has no function "${name}"`)) };
  };
}
