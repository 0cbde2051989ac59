import { getNodeValue, type Node } from 'jsonc-parser';
import { meantName } from '../shared/meantName.ts';

/** A place in a JSON text, in UTF-16 code units. */
export interface Span {
  readonly offset: number;
  readonly length: number;
}

/** Told of each thing that is wrong, at its place. */
export type Report = (message: string, at: Span) => void;

/** Reads a value out of a JSON text's tree; undefined where it is wrong, which was then reported. */
export type Read<T> = (node: Node, report: Report) => T | undefined;

/** The reader of every property that an object may have. */
export type Fields<T> = { readonly [K in keyof T]-?: Read<Exclude<T[K], undefined>> };

/** Any text. */
export const text: Read<string> = (node, report) => {
  if (node.type === 'string') return node.value as string;
  report(`This has to be a text, not ${describe(node)}.`, node);
  return undefined;
};

/** A text that is not empty. */
export const name: Read<string> = (node, report) => {
  const found = text(node, report);
  if (found !== '') return found;
  report('This may not be empty.', node);
  return undefined;
};

/** @param kind what the text has to be, for messages */
export function textThat(fits: (text: string) => boolean, kind: string): Read<string> {
  return (node, report) => {
    const found = text(node, report);
    if (found === undefined || fits(found)) return found;
    report(`This has to be ${kind}, not ${JSON.stringify(found)}.`, node);
    return undefined;
  };
}

/** True or false. */
export const flag: Read<boolean> = (node, report) => {
  if (node.type === 'boolean') return node.value as boolean;
  report(`This has to be true or false, not ${describe(node)}.`, node);
  return undefined;
};

/** Any JSON value at all, as JSON.parse makes it: the tree's own objects have no prototype, and would equal none. */
export const value: Read<unknown> = (node) => JSON.parse(JSON.stringify(getNodeValue(node))) as unknown;

/** A number from `least` to `most`. */
export function number(least: number, most: number, { whole }: { readonly whole: boolean }): Read<number> {
  return (node, report) => {
    const found: unknown = node.value;
    if (typeof found === 'number' && found >= least && found <= most && (!whole || Number.isInteger(found))) {
      return found;
    }
    const kind = whole ? 'a whole number' : 'a number';
    report(`This has to be ${kind} from ${least} to ${most}, not ${describe(node)}.`, node);
    return undefined;
  };
}

/** One of some texts. */
export function oneOf<T extends string>(names: readonly T[]): Read<T> {
  return (node, report) => {
    const found = names.find((each) => each === node.value);
    if (found === undefined)
      report(`This has to be one of ${names.join(', ')}, not ${describe(node)}.`, node);
    return found;
  };
}

/** A list, without the items that are wrong. */
export function listOf<T>(read: Read<T>): Read<T[]> {
  return (node, report) => {
    if (node.type !== 'array') {
      report(`This has to be a list, not ${describe(node)}.`, node);
      return undefined;
    }
    const items = (node.children ?? []).map((item) => read(item, report));
    return items.filter((item) => item !== undefined);
  };
}

/** An object whose keys are the writer's own. */
export function tableOf<T>(read: Read<T>): Read<Record<string, T>> {
  return (node, report) => {
    const entries = properties(node, report)?.map(({ key, value }) => [key, read(value, report)] as const);
    return (
      entries && (Object.fromEntries(entries.filter(([, each]) => each !== undefined)) as Record<string, T>)
    );
  };
}

/** An object of known properties, some of which it has to have; what it has besides is reported. */
export function objectOf<T extends object>(
  fields: Fields<T>,
  required: readonly (keyof T & string)[],
): Read<T> {
  const known = Object.keys(fields);
  return (node, report) => {
    const found = properties(node, report);
    if (found === undefined) return undefined;
    const result: Record<string, unknown> = {};
    for (const { key, keyNode, value } of found) {
      const read = Object.hasOwn(fields, key) ? (fields as Record<string, Read<unknown>>)[key] : undefined;
      if (read === undefined) {
        report(`There is no property “${key}” here. ${whichProperty(key, known)}`, keyNode);
      } else {
        const item = read(value, report);
        if (item !== undefined) result[key] = item;
      }
    }
    const missing = required.filter((key) => !found.some((each) => each.key === key));
    for (const key of missing) report(`“${key}” is missing.`, node);
    return required.some((key) => result[key] === undefined) ? undefined : (result as T);
  };
}

function whichProperty(key: string, known: readonly string[]): string {
  const meant = meantName(key, known);
  return meant === null ? `Those that can be are ${known.join(', ')}.` : `Did you mean “${meant}”?`;
}

interface Property {
  readonly key: string;
  readonly keyNode: Node;
  readonly value: Node;
}

function properties(node: Node, report: Report): Property[] | undefined {
  if (node.type !== 'object') {
    report(`This has to be an object, not ${describe(node)}.`, node);
    return undefined;
  }
  return (node.children ?? []).flatMap(({ children: [keyNode, value] = [] }) =>
    keyNode && value ? [{ key: keyNode.value as string, keyNode, value }] : [],
  );
}

function describe(node: Node): string {
  if (node.type === 'array') return 'a list';
  if (node.type === 'object') return 'an object';
  const shown = JSON.stringify(node.value);
  return shown.length > 40 ? `${shown.slice(0, 40)}…` : shown;
}
