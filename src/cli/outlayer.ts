import { readFileSync } from 'node:fs';
import { readOutlayer } from '../cases/outlayerFields.ts';
import { readJsonFile } from '../jsonFiles/readJsonFile.ts';
import {
  isAccountId,
  isProject,
  type OutlayerSettings,
  type ResponseFormat,
  responseFormats,
} from '../shared/outlayer.ts';
import { WorkbenchError } from '../shared/workbenchError.ts';
import { usageError } from './usage.ts';
import { oneOf } from './values.ts';

/** The options that say what a run is to the OutLayer worker. */
export const outlayerKinds = {
  outlayer: 'value',
  project: 'value',
  sender: 'value',
  'response-format': 'value',
  'rpc-url': 'value',
} as const;

interface OutlayerValues {
  readonly outlayer?: string;
  readonly project?: string;
  readonly sender?: string;
  readonly 'response-format'?: string;
  readonly 'rpc-url'?: string;
}

/**
 * What the options say of the worker, the single ones before the file; null where they say nothing.
 *
 * @throws WorkbenchError `usage`, `file-not-found`
 */
export function outlayerSettings(values: OutlayerValues): OutlayerSettings | null {
  const { outlayer, project, sender, 'response-format': format, 'rpc-url': rpcUrl } = values;
  if (Object.keys(outlayerKinds).every((name) => values[name as keyof OutlayerValues] === undefined)) {
    return null;
  }
  return {
    ...(outlayer === undefined ? {} : fileSettings(outlayer)),
    ...(project === undefined
      ? {}
      : { project: fitting('--project', project, isProject, 'alice.testnet/my-app') }),
    ...(sender === undefined ? {} : { sender: fitting('--sender', sender, isAccountId, 'alice.testnet') }),
    ...(format === undefined ? {} : { responseFormat: responseFormat(format) }),
    ...(rpcUrl === undefined
      ? {}
      : {
          rpcUrl: fitting('--rpc-url', rpcUrl, (text) => URL.canParse(text), 'https://rpc.testnet.near.org'),
        }),
  };
}

function responseFormat(text: string): ResponseFormat {
  return oneOf('--response-format', text, responseFormats);
}

function fitting(option: string, text: string, fits: (text: string) => boolean, example: string): string {
  if (fits(text)) return text;
  throw usageError(
    `${option} does not take ${JSON.stringify(text)}.`,
    `Write it such as ${option} ${example}.`,
  );
}

function fileSettings(file: string): OutlayerSettings {
  let source: string;
  try {
    source = readFileSync(file, 'utf8');
  } catch (error) {
    throw new WorkbenchError('file-not-found', `--outlayer ${file} can't be read.`, {
      cause: (error as Error).message,
      hint: 'Name a JSON file with what an "outlayer" block of a saved case takes.',
      error,
    });
  }
  return readJsonFile(source, file, 'outlayer file', readOutlayer);
}
