import { WorkbenchError } from '../shared/workbenchError.ts';
import { parseJson, placeOf } from './parseJson.ts';
import type { Read, Report } from './readers.ts';

/** How many mistakes of a file are told at once. */
const mostProblems = 20;

/**
 * Reads a JSON file of ours, in which comments and trailing commas are welcome.
 *
 * @param called what the file is, for messages
 * @throws WorkbenchError `usage` that names every place that is wrong
 */
export function readJsonFile<T>(source: string, path: string, called: string, read: Read<T>): T {
  const problems: string[] = [];
  const report: Report = (message, { offset }) => {
    const { line, column } = placeOf(source, offset);
    problems.push(`${path}:${line}:${column}: ${message}`);
  };
  const root = parseJson(source, report);
  const found = root && read(root, report);
  if (found !== undefined && problems.length === 0) return found;
  throw new WorkbenchError('usage', `The ${called} ${path} can't be read.`, {
    cause: problems.slice(0, mostProblems).join('\n'),
    hint: 'Mend the file at the places named, and try again.',
  });
}
