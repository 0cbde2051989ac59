import type { HostInterfaces } from '../host/preview2/preview2.ts';
import { Unreachable } from '../host/preview2/unreachable.ts';
import type { HostFunctions } from './hostInstance.ts';
import { camelCase, pascalCase, splitVersion } from './names.ts';
import { trap } from './trap.ts';
import type { ComponentFunc } from './types.ts';

type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;
type Class = (new (...args: unknown[]) => object) & Record<string, AnyFunction | undefined>;

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
  const members = host[iface === null ? name : splitVersion(iface).base];
  if (members === undefined) return undefined;
  const [, kind, resource = '', member = ''] = /^\[(\w+)\]([^.]+)(?:\.(.+))?$/.exec(name) ?? [];
  if (kind === undefined) return asFunction(members[iface === null ? 'default' : camelCase(name)]);
  const found = members[pascalCase(resource)];
  if (typeof found !== 'function') return undefined;
  if (found === Unreachable) return () => trap('no such resource exists');
  const Resource = found as unknown as Class;
  if (kind === 'constructor') return (...args) => new Resource(...args);
  if (kind === 'static') return asFunction(Resource[camelCase(member)]?.bind(Resource));
  const method = asFunction((Resource.prototype as Record<string, unknown>)[camelCase(member)]);
  return method === undefined ? undefined : methodCall(method, params);
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
