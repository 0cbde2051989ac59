import type { Primitive } from '../../wasm/component/model.ts';

/** A value's type with every index resolved. Equal indices give the same object, so what is derived can be kept by it. */
export type ValueType =
  | { readonly kind: Primitive }
  | { readonly kind: 'record'; readonly fields: readonly NamedType[] }
  | { readonly kind: 'variant'; readonly cases: readonly Case[] }
  | { readonly kind: 'list'; readonly element: ValueType }
  | { readonly kind: 'tuple'; readonly types: readonly ValueType[] }
  | { readonly kind: 'flags' | 'enum'; readonly names: readonly string[] }
  | { readonly kind: 'option'; readonly type: ValueType }
  | ResultType
  | { readonly kind: 'own' | 'borrow'; readonly resource: ResourceType };

export interface ResultType {
  readonly kind: 'result';
  readonly ok: ValueType | null;
  readonly err: ValueType | null;
}

export interface NamedType {
  readonly name: string;
  readonly type: ValueType;
}

export interface Case {
  readonly name: string;
  readonly type: ValueType | null;
}

export interface FuncType {
  readonly kind: 'func';
  readonly params: readonly NamedType[];
  readonly result: ValueType | null;
}

/** Told apart by identity: each definition or import of a resource is a type of its own. */
export interface ResourceType {
  readonly kind: 'resource';
  /** The instance that defines it; null for the host's. */
  readonly owner: object | null;
  /** Of a guest's resource: called with the representation once the last owner is gone. */
  readonly destructor: ((representation: number) => void) | null;
}

/** A function between components, in values of JavaScript; a `result` comes back as its `ok`, or as a thrown {@link ComponentError}. */
export interface ComponentFunc {
  readonly type: FuncType;
  readonly call: (...args: unknown[]) => unknown;
}
