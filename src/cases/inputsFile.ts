import { join, relative, sep } from 'node:path';
import { findNodeAtLocation, type Node } from 'jsonc-parser';
import { parseJson, placeOf } from '../jsonFiles/parseJson.ts';
import { objectOf, type Report, type Span } from '../jsonFiles/readers.ts';
import { inputsFolder } from '../shared/inputsFolder.ts';
import type { SavedInput } from '../shared/savedInput.ts';
import { WorkbenchError } from '../shared/workbenchError.ts';
import { caseFields, fileFields } from './caseFields.ts';

/** The inputs file of a crate. */
export function inputsPath(crateDir: string): string {
  return join(inputsFolder(crateDir), 'inputs.json');
}

/** An absolute path as an inputs file names it. */
export function besideInputs(crateDir: string, path: string): string {
  const named = relative(inputsFolder(crateDir), path).split(sep).join('/');
  return named === '' ? '.' : named;
}

/** A case, and where it and its expectations stand in the text. */
export interface LocatedCase {
  readonly saved: SavedInput;
  /** The whole object. */
  readonly span: Span;
  /** What is expected, by its name; the case's name where the property is missing. */
  readonly expectationAt: (property: keyof NonNullable<SavedInput['expect']>) => Span;
}

/** Something wrong with the file. Lines and columns count from 1, columns in UTF-16 code units. */
export interface InputsProblem extends Span {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

export interface InputsFile {
  /** In the file's order. Without those that are wrong. */
  readonly cases: readonly LocatedCase[];
  readonly problems: readonly InputsProblem[];
}

/** Reads an inputs file: JSON, in which comments and trailing commas are welcome. Never throws. */
export function readInputs(source: string): InputsFile {
  const problems: InputsProblem[] = [];
  const report: Report = (message, { offset, length }) => {
    problems.push({ message, offset, length, ...placeOf(source, offset) });
  };
  const root = parseJson(source, report);
  if (root === undefined) return { cases: [], problems };
  objectOf(fileFields, ['cases'])(root, report);
  // Each case is read once more by itself, so that a wrong one doesn't take the others with it.
  const nodes = findNodeAtLocation(root, ['cases'])?.children ?? [];
  const cases = nodes.flatMap((node) => locatedCase(node) ?? []);
  checkNames(cases, report);
  return { cases, problems: problems.sort((a, b) => a.offset - b.offset) };
}

/**
 * The cases of a file that has to be right.
 *
 * @throws WorkbenchError `usage` that names every problem with its place
 */
export function casesOf(source: string, path: string): readonly LocatedCase[] {
  const { cases, problems } = readInputs(source);
  if (problems.length === 0) return cases;
  throw new WorkbenchError('usage', `The inputs file has ${problems.length} ${plural(problems)}.`, {
    cause: problems.map(({ line, column, message }) => `${path}:${line}:${column}: ${message}`).join('\n'),
    hint: 'Mend the file at the places named, and try again.',
  });
}

function plural(problems: readonly InputsProblem[]): string {
  return problems.length === 1 ? 'mistake' : 'mistakes';
}

function locatedCase(node: Node): LocatedCase | null {
  const wrong: string[] = [];
  const saved = objectOf(caseFields, ['name'])(node, (message) => wrong.push(message));
  if (saved === undefined || wrong.length > 0) return null;
  const nameNode = findNodeAtLocation(node, ['name']) ?? node;
  return {
    saved,
    span: node,
    expectationAt: (property) => findNodeAtLocation(node, ['expect', property]) ?? nameNode,
  };
}

function checkNames(cases: readonly LocatedCase[], report: Report): void {
  const names = new Set<string>();
  for (const { saved, span } of cases) {
    if (names.has(saved.name)) report(`Another case is called “${saved.name}” already.`, span);
    names.add(saved.name);
    const both = saved.secrets?.find((secret) => saved.env && Object.hasOwn(saved.env, secret));
    if (both !== undefined) report(`“${both}” is a secret and stands in “env” as well.`, span);
  }
}
