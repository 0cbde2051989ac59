import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { objectOf } from '../jsonFiles/readers.ts';
import { readJsonFile } from '../jsonFiles/readJsonFile.ts';
import type { MockAnswer, MockBody, MockRule, Mocks } from '../shared/mocks.ts';
import { encodeUtf8 } from '../shared/text.ts';
import { WorkbenchError } from '../shared/workbenchError.ts';
import {
  mocksFields,
  type SavedAnswer,
  type SavedContent,
  type SavedMatch,
  type SavedRule,
} from './mockFields.ts';

/**
 * Reads a file of mocks, and the files that it names.
 *
 * @throws WorkbenchError `file-not-found`; `usage` for a file that is wrong, with every place
 */
export async function readMocks(path: string): Promise<Mocks> {
  const source = await readText(path);
  const { rules, unmatched = 'fail' } = readJsonFile(
    source,
    path,
    'file of mocks',
    objectOf(mocksFields, ['rules']),
  );
  return { rules: await Promise.all(rules.map((rule) => ruleOf(rule, path))), unmatched };
}

async function ruleOf({ when = {}, times, then }: SavedRule, path: string): Promise<MockRule> {
  return {
    method: when.method ?? null,
    url: when.url ?? null,
    headers: Object.entries(when.headers ?? {}),
    body: when.body === undefined ? null : matchOf(when.body),
    times: times ?? null,
    delayMs: then.delayMs ?? 0,
    answer: await answerOf(then, path),
  };
}

function matchOf({ text, json, contains }: SavedMatch): MockBody {
  if (text !== undefined) return { bytes: encodeUtf8(text) };
  return contains === undefined ? { json } : { contains };
}

/** A failure alone, unless something of a response is said, which it then cuts off. */
async function answerOf(answer: SavedAnswer, path: string): Promise<MockAnswer> {
  const { status, headers = {}, body, pieceBytes = Infinity, trailers = {}, fail, message } = answer;
  const failsAtOnce = fail !== undefined && status === undefined && body === undefined;
  const bytes = body === undefined ? new Uint8Array(0) : await contentOf(body, path);
  return {
    response: failsAtOnce
      ? null
      : {
          status: status ?? 200,
          headers: headersOf(headers),
          body: pieces(bytes, pieceBytes),
          trailers: headersOf(trailers),
        },
    failure: fail === undefined ? null : { code: fail, message: message ?? null },
  };
}

/** Values of headers are UTF-8 on the wire, and Latin-1, a character a byte, inside. */
function headersOf(headers: NonNullable<SavedAnswer['headers']>): [string, string][] {
  return Object.entries(headers).flatMap(([name, values]) =>
    [values].flat().map((each): [string, string] => [name, Buffer.from(each, 'utf8').toString('latin1')]),
  );
}

async function contentOf({ text, json, base64, file }: SavedContent, path: string): Promise<Uint8Array> {
  if (text !== undefined) return encodeUtf8(text);
  if (base64 !== undefined) return Buffer.from(base64, 'base64');
  if (file === undefined) return encodeUtf8(JSON.stringify(json));
  return readBytes(resolve(dirname(path), file));
}

function pieces(bytes: Uint8Array, pieceBytes: number): Uint8Array[] {
  const count = bytes.length === 0 ? 0 : Math.ceil(bytes.length / pieceBytes) || 1;
  return Array.from({ length: count }, (_, i) =>
    count === 1 ? bytes : bytes.subarray(i * pieceBytes, (i + 1) * pieceBytes),
  );
}

async function readText(path: string): Promise<string> {
  return Buffer.from(await readBytes(path)).toString('utf8');
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new WorkbenchError('file-not-found', `The file ${path} of the mocks can't be read.`, {
      cause: (error as Error).message,
      hint: 'Paths in a case are relative to the inputs file’s folder, those in mocks to the mocks’ own.',
      error,
    });
  }
}
