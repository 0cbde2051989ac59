import type { Node, Tree } from 'web-tree-sitter';
import type { Range } from '../position.ts';
import { LineIndex } from '../position.ts';
import { evaluateCfg, type CfgFacts } from '../rust/cfg.ts';
import { attributesOf } from '../../rust/attributes.ts';
import { ancestorsOf } from '../rust/enclosing.ts';
import { readImports, resolvePath, type Imports } from '../rust/imports.ts';
import { calledMacros, calledNames, namedFunctions } from '../rust/namesInText.ts';

/** What the query of {@link RustReader} finds in a file, in the file's order. */
export interface RustNodes {
  readonly attributes: readonly Node[];
  readonly uses: readonly Node[];
  readonly modules: readonly Node[];
}

/** A call of a function by its name. */
export interface RustCall {
  readonly node: Node;
  readonly callee: Node;
  /** Imports resolved, as `std::env::args`. */
  readonly path: string;
}

/** `x.unwrap()`. */
export interface Unwrap {
  readonly node: Node;
  /** Of `.unwrap()`. */
  readonly range: Range;
}

export interface RustMacro {
  readonly node: Node;
  readonly name: string;
  /** Of the name, without the `!`. */
  readonly nameRange: Range;
  /** What stands between the brackets. */
  readonly body: string;
}

/** `mod name;`, whose source is in a file of its own. */
export interface ModuleFile {
  readonly name: string;
  /** Of `#[path = "…"]`. */
  readonly path: string | null;
  /** The inline modules around it, outermost first. */
  readonly inside: readonly string[];
}

/**
 * A Rust source, parsed once. What its methods list is only what is part of a build for WASI with the default
 * features: items for tests, for other platforms, or under a `cfg` that may or may not hold are left out.
 */
export class RustDocument {
  readonly path: string;
  readonly text: string;
  readonly lines: LineIndex;
  readonly tree: Tree;
  /** Cargo's features by which its conditions were decided. */
  readonly features: ReadonlySet<string>;
  readonly #nodes: RustNodes;
  readonly #inactive: readonly (readonly [start: number, end: number])[];
  #imports: Imports | undefined;
  #main: Node | null | undefined;

  constructor(path: string, text: string, tree: Tree, nodes: RustNodes, facts: CfgFacts) {
    this.path = path;
    this.text = text;
    this.lines = new LineIndex(text);
    this.tree = tree;
    this.features = facts.features;
    this.#nodes = nodes;
    this.#inactive = inactiveSpans(nodes.attributes, text, facts);
  }

  /** Frees the parser's memory; nothing of the document may be asked for afterwards. */
  dispose(): void {
    this.tree.delete();
  }

  get imports(): Imports {
    return (this.#imports ??= readImports(this.#nodes.uses.filter((node) => this.isActive(node))));
  }

  /** Calls of functions by their whole paths, such as `std::env::args`; in the order of the file. */
  callsOf(paths: ReadonlySet<string>): RustCall[] {
    const names = new Set([...paths].map((path) => path.slice(path.lastIndexOf(':') + 1)));
    for (const [name, path] of this.imports) if (paths.has(path)) names.add(name);
    return calledNames(this.text, names).flatMap(({ start, path: written }): RustCall[] => {
      const path = resolvePath(written, this.imports);
      const call = paths.has(path) ? this.#callOf(start) : null;
      return call === null || !this.isActive(call.node) ? [] : [{ ...call, path }];
    });
  }

  /** The call whose function's path ends in the name at an offset. */
  #callOf(offset: number): Omit<RustCall, 'path'> | null {
    let callee = this.#identifierAt(offset);
    if (callee === null) return null;
    const around = ancestorsOf(callee);
    while (around[0]?.type === 'scoped_identifier') {
      if (around[0].childForFieldName('name')?.id !== callee.id) return null;
      callee = around.shift()!;
    }
    const called = around[0]?.type === 'generic_function' ? around.shift()! : callee;
    const [node] = around;
    if (node?.type !== 'call_expression') return null;
    return node.childForFieldName('function')?.id === called.id ? { node, callee } : null;
  }

  /** Null where a comment or a text has what looks like one. */
  #identifierAt(offset: number): Node | null {
    const node = this.tree.rootNode.descendantForIndex(offset);
    return node?.type === 'identifier' ? node : null;
  }

  /** The `unwrap` of what a call returns; null where there is none. */
  unwrapOf({ node: call }: RustCall): Unwrap | null {
    const [field, node] = ancestorsOf(call);
    if (field?.type !== 'field_expression' || field.childForFieldName('field')?.text !== 'unwrap')
      return null;
    if (node?.type !== 'call_expression' || node.childForFieldName('function')?.id !== field.id) return null;
    return { node, range: this.lines.rangeOf(call.endIndex, node.endIndex) };
  }

  /** Calls of macros by their names; in the order of the file. */
  macrosOf(names: readonly string[]): RustMacro[] {
    return calledMacros(this.text, names).flatMap((offset) => this.#macroOf(offset) ?? []);
  }

  #macroOf(offset: number): RustMacro | null {
    const name = this.#identifierAt(offset);
    const node = name?.parent;
    // What openMacros has opened reads as a call.
    const isMacro = node?.type === 'macro_invocation' || node?.type === 'call_expression';
    if (!name || !isMacro || !this.isActive(node)) return null;
    const body = node.namedChildren.find(({ type }) => type === 'token_tree' || type === 'arguments');
    if (body === undefined || node.startIndex !== offset) return null;
    const inner = this.text.slice(body.startIndex + 1, body.endIndex - 1);
    return { node, name: name.text, nameRange: this.rangeOf(name), body: inner };
  }

  /** The `fn`s that are items of the file itself. */
  get functions(): readonly Node[] {
    return this.tree.rootNode.descendantsOfType('function_item').filter((node) => this.isActive(node));
  }

  get attributes(): readonly Node[] {
    return this.#nodes.attributes.filter((node) => this.isActive(node));
  }

  /** The program's entry; null where the file has none, or several under conditions of their own. */
  get main(): Node | null {
    if (this.#main === undefined) {
      const found = namedFunctions(this.text, 'main').flatMap((offset) => {
        const node = this.#identifierAt(offset)?.parent;
        const isItem = node?.type === 'function_item' && node.parent?.type === 'source_file';
        return isItem && this.isActive(node) ? [node] : [];
      });
      this.#main = found.length === 1 ? found[0]! : null;
    }
    return this.#main;
  }

  get moduleFiles(): ModuleFile[] {
    return this.#nodes.modules.flatMap((node) => {
      const name = node.childForFieldName('name')?.text;
      if (name === undefined || node.childForFieldName('body') !== null || !this.isActive(node)) return [];
      const inside: string[] = [];
      for (let up = node.parent; up !== null; up = up.parent) {
        if (up.type === 'mod_item') inside.unshift(up.childForFieldName('name')?.text ?? '');
      }
      const path = attributesOf(node)
        .map((each) => /^#\[path\s*=\s*"([^"\\]*)"\]$/.exec(each.text)?.[1])
        .find((each) => each !== undefined);
      return [{ name, path: path ?? null, inside }];
    });
  }

  rangeOf(node: Node): Range {
    return this.lines.rangeOf(node.startIndex, node.endIndex);
  }

  isActive({ startIndex }: Node): boolean {
    // The last span that begins at or before the node; they are in order, and apart.
    let low = 0;
    let high = this.#inactive.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#inactive[middle]![0] <= startIndex) low = middle + 1;
      else high = middle;
    }
    return low === 0 || startIndex >= this.#inactive[low - 1]![1];
  }
}

function inactiveSpans(attributes: readonly Node[], text: string, facts: CfgFacts): [number, number][] {
  const spans: [number, number][] = [];
  for (const attribute of attributes) {
    if (!excludes(attribute.text, facts)) continue;
    if (attribute.type === 'inner_attribute_item') {
      const owner = attribute.parent;
      spans.push(owner === null ? [0, text.length] : [owner.startIndex, owner.endIndex]);
      continue;
    }
    let item = attribute.nextNamedSibling;
    while (item !== null && ['attribute_item', 'line_comment', 'block_comment'].includes(item.type)) {
      item = item.nextNamedSibling;
    }
    if (item !== null) spans.push([attribute.startIndex, item.endIndex]);
  }
  return merged(spans);
}

/** In order, each apart from the next. */
function merged(spans: [number, number][]): [number, number][] {
  const result: [number, number][] = [];
  for (const [start, end] of spans.sort(([a], [b]) => a - b)) {
    const last = result.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else result.push([start, end]);
  }
  return result;
}

/** Whether an attribute keeps its item out of a build, or may. */
function excludes(attribute: string, facts: CfgFacts): boolean {
  const found = /^#!?\[\s*([\w:]+)\s*(?:\(([^]*)\))?\s*\]$/.exec(attribute.trim());
  if (found === null) return false;
  const [, name = '', body = ''] = found;
  if (name === 'cfg') return evaluateCfg(body, facts) !== true;
  return /(^|::)(test|bench|test_case|rstest|proc_macro(_derive|_attribute)?)$/.test(name);
}

/** What a function is called with. */
export function argumentsOf(call: Node): Node[] {
  return call.childForFieldName('arguments')?.namedChildren ?? [];
}
