/**
 * A component as its binary has it: definitions in order, each of which adds to one of the component's index
 * spaces. Indices are left as they stand; what they mean is worked out when the component is instantiated.
 */
export interface Component {
  readonly definitions: readonly Definition[];
}

/** What an index space holds; the core sorts apart, because a component has a second set of spaces for them. */
export type Sort = 'func' | 'value' | 'type' | 'component' | 'instance' | CoreSort;
export type CoreSort =
  'core func' | 'core table' | 'core memory' | 'core global' | 'core type' | 'core module' | 'core instance';

export interface SortIndex {
  readonly sort: Sort;
  readonly index: number;
}

/** A name with what it stands for: an argument of an instantiation, or an export given inline. */
export interface NamedIndex extends SortIndex {
  readonly name: string;
}

export type Definition =
  | { readonly kind: 'core module'; readonly bytes: Uint8Array }
  | {
      readonly kind: 'instantiate core module';
      readonly module: number;
      /** Each a core instance. */
      readonly args: readonly { readonly name: string; readonly instance: number }[];
    }
  | { readonly kind: 'core instance of exports'; readonly exports: readonly NamedIndex[] }
  | { readonly kind: 'core type' }
  | { readonly kind: 'component'; readonly component: Component }
  | {
      readonly kind: 'instantiate component';
      readonly component: number;
      readonly args: readonly NamedIndex[];
    }
  | { readonly kind: 'instance of exports'; readonly exports: readonly NamedIndex[] }
  | Alias
  | { readonly kind: 'type'; readonly type: TypeDefinition }
  | Canon
  | { readonly kind: 'import'; readonly name: string; readonly desc: ExternDesc }
  | {
      readonly kind: 'export';
      readonly name: string;
      readonly of: SortIndex;
      /** The type that the export is given in place of its own. */
      readonly desc: ExternDesc | null;
    };

export type Alias =
  | { readonly kind: 'alias export'; readonly sort: Sort; readonly instance: number; readonly name: string }
  | {
      readonly kind: 'alias core export';
      readonly sort: CoreSort;
      readonly instance: number;
      readonly name: string;
    }
  | {
      readonly kind: 'alias outer';
      readonly sort: Sort;
      /** Scopes to go out; 0 is the scope itself. */
      readonly count: number;
      readonly index: number;
    };

export type StringEncoding = 'utf8' | 'utf16' | 'latin1+utf16';

/** Canonical options; indices into the core spaces, null where left out. */
export interface CanonOptions {
  readonly encoding: StringEncoding;
  readonly memory: number | null;
  readonly realloc: number | null;
  readonly postReturn: number | null;
}

export type Canon =
  | { readonly kind: 'lift'; readonly func: number; readonly type: number; readonly options: CanonOptions }
  | { readonly kind: 'lower'; readonly func: number; readonly options: CanonOptions }
  | { readonly kind: 'resource.new' | 'resource.drop' | 'resource.rep'; readonly type: number };

/** What an import or export is: an index into the types of the scope it stands in, except for types themselves. */
export type ExternDesc =
  | { readonly kind: 'core module' | 'func' | 'component' | 'instance'; readonly type: number }
  | { readonly kind: 'type'; readonly bound: TypeBound };

/** A type that equals another one, or a resource type of its own. */
export type TypeBound = { readonly kind: 'eq'; readonly type: number } | { readonly kind: 'sub resource' };

export type Primitive =
  'bool' | 's8' | 'u8' | 's16' | 'u16' | 's32' | 'u32' | 's64' | 'u64' | 'f32' | 'f64' | 'char' | 'string';

/** A primitive, or the index of a type. */
export type TypeRef = Primitive | number;

export interface Field {
  readonly name: string;
  readonly type: TypeRef;
}

export type TypeDefinition =
  | { readonly kind: 'primitive'; readonly type: Primitive }
  | { readonly kind: 'record'; readonly fields: readonly Field[] }
  | {
      readonly kind: 'variant';
      readonly cases: readonly { readonly name: string; readonly type: TypeRef | null }[];
    }
  | { readonly kind: 'list'; readonly element: TypeRef }
  | { readonly kind: 'tuple'; readonly types: readonly TypeRef[] }
  | { readonly kind: 'flags' | 'enum'; readonly names: readonly string[] }
  | { readonly kind: 'option'; readonly type: TypeRef }
  | { readonly kind: 'result'; readonly ok: TypeRef | null; readonly err: TypeRef | null }
  | { readonly kind: 'own' | 'borrow'; readonly resource: number }
  | { readonly kind: 'func'; readonly params: readonly Field[]; readonly result: TypeRef | null }
  | { readonly kind: 'resource'; readonly destructor: number | null }
  | { readonly kind: 'component type' | 'instance type'; readonly declarations: readonly Declaration[] };

/** What stands in a component's or an instance's type. Only a component's has imports. */
export type Declaration =
  | { readonly kind: 'core type' }
  | { readonly kind: 'type'; readonly type: TypeDefinition }
  | Alias
  | { readonly kind: 'import' | 'export'; readonly name: string; readonly desc: ExternDesc };
