import type { Node } from 'web-tree-sitter';

/** What the names that a file brings into scope stand for, as `Command` for `std::process::Command`. */
export type Imports = ReadonlyMap<string, string>;

/** Names that two imports give different meanings, each in a scope of its own, are left out. */
export function readImports(declarations: readonly Node[]): Imports {
  const imports = new Map<string, string>();
  const ambiguous = new Set<string>();
  const add = (name: string, path: string): void => {
    if (name === '_') return;
    if ((imports.get(name) ?? path) !== path) ambiguous.add(name);
    imports.set(name, path);
  };
  for (const declaration of declarations) {
    const argument = declaration.childForFieldName('argument');
    if (argument !== null) readTree(argument, '', add);
  }
  ambiguous.forEach((name) => imports.delete(name));
  return imports;
}

function readTree(node: Node, prefix: string, add: (name: string, path: string) => void): void {
  const join = (text: string): string => (prefix === '' ? pathText(text) : `${prefix}::${pathText(text)}`);
  switch (node.type) {
    case 'self':
      add(lastPart(prefix), prefix);
      return;
    case 'identifier':
    case 'scoped_identifier':
      add(lastPart(node.text), join(node.text));
      return;
    case 'use_as_clause': {
      const path = node.childForFieldName('path');
      const alias = node.childForFieldName('alias');
      if (path !== null && alias !== null) add(alias.text, path.type === 'self' ? prefix : join(path.text));
      return;
    }
    case 'scoped_use_list': {
      const path = node.childForFieldName('path');
      const list = node.childForFieldName('list');
      if (list !== null) readTree(list, path === null ? prefix : join(path.text), add);
      return;
    }
    case 'use_list':
      node.namedChildren.forEach((child) => readTree(child, prefix, add));
      return;
    default:
      return;
  }
}

/** A path without white space and without the `::` that stands for "from the outermost". */
function pathText(text: string): string {
  return text.replaceAll(/\s/g, '').replace(/^::/, '');
}

function lastPart(path: string): string {
  return pathText(path).split('::').at(-1) ?? '';
}

/** A path as written, with its first part replaced by what it was imported as. */
export function resolvePath(written: string, imports: Imports): string {
  const path = pathText(written).replace(/::<.*/, '');
  const [first = '', ...rest] = path.split('::');
  const imported = imports.get(first);
  return imported === undefined ? path : [imported, ...rest].join('::');
}
