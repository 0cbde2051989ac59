import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { inputsFolder } from '../shared/inputsFolder.ts';

/** Where the cassette of a saved case is kept, beside the inputs file. */
export function cassetteOfCase(crateDir: string, name: string): string {
  return join(inputsFolder(crateDir), 'cassettes', `${fileName(name)}.json`);
}

/** The same of a program that is run on other input. */
export function cassetteOfProgram(crateDir: string, program: string): string {
  return join(inputsFolder(crateDir), 'cassettes', 'programs', `${fileName(program)}.json`);
}

/** A name that every file system takes; two names never make one, whatever had to be left out. */
function fileName(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9_]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  if (plain === name && plain !== '' && plain.length <= 60) return plain;
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 6);
  return `${plain.slice(0, 60)}-${digest}`;
}
