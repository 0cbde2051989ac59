import { type ParseError, parseTree } from 'jsonc-parser';
import { WorkbenchError } from '../shared/workbenchError.ts';
import { brokenJson } from './brokenJson.ts';
import type { Read, Span } from './jsonReader.ts';

/**
 * Reads a JSON file of ours, in which comments and trailing commas are welcome.
 *
 * @param called what the file is, for messages
 * @throws WorkbenchError `usage` that names every place that is wrong
 */
export function readJsonFile<T>(source: string, path: string, called: string, read: Read<T>): T {
  const problems: string[] = [];
  const report = (message: string, { offset }: Span): void => {
    const before = source.slice(0, offset).split(/\r\n|\r|\n/);
    problems.push(`${path}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}: ${message}`);
  };
  const errors: ParseError[] = [];
  const root = parseTree(source, errors, { allowTrailingComma: true });
  for (const error of errors) report(brokenJson(error), error);
  if (root === undefined && errors.length === 0) report('The file is empty.', { offset: 0, length: 0 });
  const found = root === undefined || errors.length > 0 ? undefined : read(root, report);
  if (found !== undefined && problems.length === 0) return found;
  throw new WorkbenchError('usage', `The ${called} ${path} can't be read.`, {
    cause: problems.slice(0, mostProblems).join('\n'),
    hint: 'Mend the file at the places named, and try again.',
  });
}

const mostProblems = 20;
