import type { Component, Declaration, Definition } from '../../wasm/component/model.ts';

/** An import of the outermost component: an interface with the functions it needs of it, or a function of its own. */
export interface RequiredImport {
  /** With its version, such as `wasi:io/streams@0.2.6`. */
  readonly name: string;
  readonly kind: 'interface' | 'func' | 'other';
  /** Names as in WIT, such as `[method]pollable.block`; of an interface only. */
  readonly functions: readonly string[];
  /** Resources of an interface. */
  readonly resources: readonly string[];
}

/** What a component asks of its host, read off its types. An interface that is there for plain types only is left out. */
export function requiredImports(component: Component): RequiredImport[] {
  const types: (readonly Declaration[] | null)[] = [];
  const required: RequiredImport[] = [];
  for (const definition of component.definitions) {
    if (definition.kind === 'import') {
      const found = requirement(definition, types);
      if (found !== null) required.push(found);
    }
    if (addsType(definition)) types.push(instanceDeclarations(definition));
  }
  return required;
}

/** Whether a definition takes a place in the index space of types. */
function addsType(definition: Definition): boolean {
  switch (definition.kind) {
    case 'type':
      return true;
    case 'import':
      return definition.desc.kind === 'type';
    case 'export':
      return definition.of.sort === 'type';
    case 'alias export':
    case 'alias outer':
      return definition.sort === 'type';
    default:
      return false;
  }
}

function instanceDeclarations(definition: Definition): readonly Declaration[] | null {
  return definition.kind === 'type' && definition.type.kind === 'instance type'
    ? definition.type.declarations
    : null;
}

function requirement(
  { name, desc }: Extract<Definition, { kind: 'import' }>,
  types: readonly (readonly Declaration[] | null)[],
): RequiredImport | null {
  if (desc.kind === 'func') return { name, kind: 'func', functions: [], resources: [] };
  if (desc.kind === 'type') {
    return desc.bound.kind === 'eq' ? null : { name, kind: 'other', functions: [], resources: [] };
  }
  if (desc.kind !== 'instance') return { name, kind: 'other', functions: [], resources: [] };
  const functions: string[] = [];
  const resources: string[] = [];
  for (const declaration of types[desc.type] ?? []) {
    if (declaration.kind !== 'export') continue;
    if (declaration.desc.kind === 'func') functions.push(declaration.name);
    const isResource = declaration.desc.kind === 'type' && declaration.desc.bound.kind === 'sub resource';
    if (isResource) resources.push(declaration.name);
  }
  const needed = functions.length + resources.length > 0;
  return needed ? { name, kind: 'interface', functions, resources } : null;
}
