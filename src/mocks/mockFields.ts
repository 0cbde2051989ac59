import {
  type Fields,
  listOf,
  name,
  number,
  objectOf,
  oneOf,
  type Read,
  tableOf,
  text,
  value,
} from '../jsonFiles/readers.ts';
import { type HttpErrorName, httpErrorNames } from '../shared/httpErrorCodes.ts';

// What each property of a file of mocks takes. schemas/mocks.schema.json says the same to editors; a test holds the
// two together.

/** A file of mocks as it stands in JSON. */
export interface MocksFile {
  readonly $schema?: string;
  readonly unmatched?: 'fail' | 'network';
  readonly rules: readonly SavedRule[];
}

export interface SavedRule {
  readonly when?: SavedCondition;
  readonly times?: number;
  readonly then: SavedAnswer;
}

export interface SavedCondition {
  readonly method?: string;
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: SavedMatch;
}

/** One of these. */
export interface SavedMatch {
  readonly text?: string;
  readonly json?: unknown;
  readonly contains?: string;
}

export interface SavedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: SavedContent;
  readonly pieceBytes?: number;
  readonly trailers?: Readonly<Record<string, string | readonly string[]>>;
  readonly delayMs?: number;
  readonly fail?: HttpErrorName;
  readonly message?: string;
}

/** One of these; a file is relative to the file of mocks. */
export interface SavedContent {
  readonly text?: string;
  readonly json?: unknown;
  readonly base64?: string;
  readonly file?: string;
}

/** An object of which exactly one property is given. */
function oneOfFields<T extends object>(fields: Fields<T>): Read<T> {
  const names = Object.keys(fields).map((each) => `“${each}”`);
  const words = `This takes one of ${names.slice(0, -1).join(', ')} and ${names.at(-1)}.`;
  return (node, report) => {
    const found = objectOf(fields, [])(node, report);
    if (found === undefined || (node.children ?? []).length === 1) return found;
    report(words, node);
    return undefined;
  };
}

const headerValue: Read<string | readonly string[]> = (node, report) =>
  node.type === 'array' ? listOf(text)(node, report) : text(node, report);

export const matchFields: Fields<SavedMatch> = { text, json: value, contains: name };
export const contentFields: Fields<SavedContent> = { text, json: value, base64: text, file: name };

export const conditionFields: Fields<SavedCondition> = {
  method: name,
  url: name,
  headers: tableOf(text),
  body: oneOfFields(matchFields),
};

export const answerFields: Fields<SavedAnswer> = {
  status: number(200, 999, { whole: true }),
  headers: tableOf(headerValue),
  body: oneOfFields(contentFields),
  pieceBytes: number(1, 2 ** 30, { whole: true }),
  trailers: tableOf(headerValue),
  delayMs: number(0, 86_400_000, { whole: false }),
  fail: oneOf(httpErrorNames),
  message: name,
};

export const ruleFields: Fields<SavedRule> = {
  when: objectOf(conditionFields, []),
  times: number(1, Number.MAX_SAFE_INTEGER, { whole: true }),
  then: objectOf(answerFields, []),
};

export const mocksFields: Fields<MocksFile> = {
  $schema: text,
  unmatched: oneOf(['fail', 'network']),
  rules: listOf(objectOf(ruleFields, ['then'])),
};
