import {
  flag,
  listOf,
  name,
  number,
  objectOf,
  oneOf,
  tableOf,
  text,
  value,
  type Fields,
  type Read,
} from '../jsonFiles/readers.ts';
import { fuelModels } from '../shared/fuelModel.ts';
import {
  largestInstructionLimit,
  largestMemoryLimitMb,
  largestTimeLimitSeconds,
  type Limits,
  smallestTimeLimitSeconds,
} from '../shared/limits.ts';
import { profileKinds } from '../shared/profileKind.ts';
import type { SavedInput, SavedInputsFile, SavedStdin } from '../shared/savedInput.ts';
import { targets } from '../shared/target.ts';
import { readOutlayer } from './outlayerFields.ts';

// What each property of the inputs file takes. schemas/inputs.schema.json says the same to editors; a test holds
// the two together.

const whole = (least: number, most: number) => number(least, most, { whole: true });

interface StdinFields {
  readonly text?: string;
  readonly json?: unknown;
  readonly file?: string;
}

export const stdinFields: Fields<StdinFields> = { text, json: value, file: name };

/** Bytes, as text, as JSON, or from a file. */
const stdin: Read<SavedStdin> = (node, report) => {
  const found = objectOf(stdinFields, [])(node, report);
  if (found === undefined) return undefined;
  if ((node.children ?? []).length === 1)
    return Object.keys(found).length === 1 ? (found as SavedStdin) : undefined;
  report('This takes one of “text”, “json” and “file”.', node);
  return undefined;
};

export const limitFields: Fields<Partial<Limits>> = {
  maxInstructions: whole(1, largestInstructionLimit),
  maxMemoryMb: whole(1, largestMemoryLimitMb),
  maxExecutionSeconds: number(smallestTimeLimitSeconds, largestTimeLimitSeconds, { whole: false }),
};

type Folder = NonNullable<SavedInput['folders']>[number];

export const folderFields: Fields<Folder> = { host: name, guest: name, writable: flag };

type Expectation = NonNullable<SavedInput['expect']>;

export const expectFields: Fields<Expectation> = {
  output: stdin,
  exitCode: whole(-(2 ** 31), 2 ** 32 - 1),
  fuel: whole(0, largestInstructionLimit),
  tolerance: number(0, 1000, { whole: false }),
};

export const caseFields: Fields<SavedInput> = {
  name,
  stdin,
  args: listOf(text),
  env: tableOf(text),
  secrets: listOf(name),
  folders: listOf(objectOf(folderFields, ['host', 'guest'])),
  scratch: name,
  cassette: name,
  redactHeaders: listOf(name),
  mocks: name,
  limits: objectOf(limitFields, []),
  target: oneOf(targets),
  bin: name,
  seed: whole(0, Number.MAX_SAFE_INTEGER),
  fuelModel: oneOf(fuelModels),
  profile: oneOf(profileKinds),
  outlayer: readOutlayer,
  expect: objectOf(expectFields, []),
};

/** Editors look for a schema's address there; it is nothing of ours. */
export const fileFields: Fields<SavedInputsFile & { readonly $schema?: string }> = {
  $schema: text,
  cases: listOf(objectOf(caseFields, ['name'])),
};
