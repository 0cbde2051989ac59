import { WorkbenchError } from '../../shared/workbenchError.ts';
import { summarise } from '../summary.ts';

/** A binary as a person can read it. */
export interface WasmText {
  /** WAT of a core module, WIT of a component. */
  readonly language: TextLanguage;
  readonly text: string;
}

export type TextLanguage = 'wat' | 'wit';

/** Characters that are kept: an editor stays quick with this many, and a large module has ten times its bytes. */
const longestText = 16 * 1024 * 1024;

/**
 * The language that a binary is read in.
 *
 * @throws WorkbenchError `unknown-format` for what is no WebAssembly
 */
export function textLanguageOf(wasm: Uint8Array): TextLanguage {
  const summary = summarise(wasm);
  if (summary.kind === 'module') return 'wat';
  if (summary.kind === 'component') return 'wit';
  throw new WorkbenchError('unknown-format', 'There is no text for this file: it is not WebAssembly.', {
    cause: `The bytes look like ${summary.looksLike}`,
    hint: 'Choose a .wasm file that a compiler made.',
  });
}

/**
 * A module's WAT, or the world of a component with its imports and exports. Takes a second for a megabyte of code,
 * and loads 2.4 MB at its first use.
 *
 * @throws WorkbenchError `unknown-format`, `invalid-wasm`
 */
export async function wasmText(wasm: Uint8Array): Promise<WasmText> {
  const language = textLanguageOf(wasm);
  const { componentWit, print } = await import('@bytecodealliance/jco-transpile/wasm-tools');
  try {
    const text = await (language === 'wat' ? print : componentWit)(wasm);
    return { language, text: shortened(text) };
  } catch (error) {
    const { payload } = error as { payload?: unknown };
    throw new WorkbenchError('invalid-wasm', 'There is no text for this file: its code can’t be read.', {
      cause: typeof payload === 'string' ? payload : String(error),
      hint: 'Build it again.',
      error,
    });
  }
}

function shortened(text: string): string {
  if (text.length <= longestText) return text;
  const end = text.lastIndexOf('\n', longestText);
  return `${text.slice(0, end)}\n;; ${text.length - end} more characters are not shown\n`;
}
