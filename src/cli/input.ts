import { readFile } from 'node:fs/promises';
import { encodeUtf8 } from '../shared/text.ts';
import { WorkbenchError } from '../shared/workbenchError.ts';
import { usageError } from './usage.ts';

/** What stands on the other side of fd 0. */
export type StandardInput = NodeJS.ReadableStream & { readonly isTTY?: boolean; destroy?(): void };

/**
 * The guest's stdin as options give it, `--input`'s text or `--input-file`'s bytes; null without.
 *
 * @throws WorkbenchError `usage`, `file-not-found`
 */
export async function givenInput(
  text: string | undefined,
  file: string | undefined,
): Promise<Uint8Array | null> {
  if (text !== undefined && file !== undefined) {
    throw usageError('--input and --input-file exclude each other.', 'Give one of them.');
  }
  if (text !== undefined) return encodeUtf8(text);
  return file === undefined ? null : readInputFile(file);
}

/**
 * All of our own stdin; nothing where it is a terminal.
 *
 * @throws WorkbenchError `file-not-found`, or `stopped` where the signal comes meanwhile
 */
export async function pipedInput(stream: StandardInput, signal: AbortSignal): Promise<Uint8Array> {
  return stream.isTTY ? new Uint8Array() : readAll(stream, signal);
}

async function readInputFile(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new WorkbenchError('file-not-found', `The input file ${file} can't be read.`, {
      cause: (error as Error).message,
      hint: 'Name a file that exists after --input-file.',
      error,
    });
  }
}

async function readAll(stream: StandardInput, signal: AbortSignal): Promise<Uint8Array> {
  const stop = () => stream.destroy?.();
  signal.addEventListener('abort', stop, { once: true });
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of stream) chunks.push(chunk as Buffer);
  } catch (error) {
    if (!signal.aborted) {
      throw new WorkbenchError('file-not-found', "The input can't be read from stdin.", {
        cause: (error as Error).message,
        hint: 'Give it with --input or --input-file.',
        error,
      });
    }
  } finally {
    signal.removeEventListener('abort', stop);
  }
  if (signal.aborted) {
    throw new WorkbenchError('stopped', 'Stopped while reading the input.', {
      hint: 'Run it again when ready.',
    });
  }
  return Buffer.concat(chunks);
}
