import type { FormatName } from './target.ts';
import type { ErrorValue } from './workbenchError.ts';

/** What the editor and the language server agree on besides the protocol. */

export const extensionId = 'wasi-workbench.wasi-workbench';

/** Whom findings are shown as coming from. */
export const findingSource = 'wasi-workbench';

/**
 * The editor's command for what a fix can't do by changing files. Its arguments are a `FixAction` and the absolute path
 * of the file that it is offered in.
 */
export const fixActionCommand = 'wasi-workbench.applyFixAction';

/** The kind of the code action that makes every safe fix of a file. */
export const fixAllKind = 'source.fixAll.wasi';

export interface ServerInitialization {
  /** The editor's own, such as `vscode` or `vscode-insiders`: links to the rules' pages lead back to it. */
  readonly uriScheme: string;
}

/** A notification to the server: .wasm files of the workspace that lie outside of build folders. */
export const wasmFilesNotification = 'wasi-workbench/wasmFiles';

export interface WasmFiles {
  readonly uris: readonly string[];
}

/** A notification to the server: how a build or run of a crate ended. */
export const outcomeNotification = 'wasi-workbench/outcome';

export interface Outcome {
  /** Absolute path of the folder that holds the Cargo.toml. */
  readonly crateDir: string;
  /** Null for success, which also takes back what was said of the outcome before. */
  readonly error: ErrorValue | null;
  /** Null for a build. */
  readonly run: RunOutcome | null;
}

export interface RunOutcome {
  /** Null where the bytes were of no format that can be run. */
  readonly format: FormatName | null;
  /** Empty where the run succeeded and printed something, since nothing is asked of it then. */
  readonly stderr: string;
  /** Whether anything went to stdout. */
  readonly printed: boolean;
  /** Why the output is not the JSON that was expected; null where it is, or none was. */
  readonly notJson: string | null;
}
