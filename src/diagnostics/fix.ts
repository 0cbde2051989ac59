import type { ErrorAction } from '../shared/workbenchError.ts';
import type { Range } from './position.ts';

/** A way to mend a finding. Either files change, or something is to be done that only the product can do. */
export interface Fix {
  /** As a button says it: an order, without a full stop. */
  readonly title: string;
  /** Whether it can be applied unseen, with others: it keeps what the program does, or what it does was an error. */
  readonly safe: boolean;
  /** In the order in which they are to be made; empty where there is an action. */
  readonly changes: readonly FileChange[];
  readonly action: FixAction | null;
}

/** Paths are absolute. */
export type FileChange =
  /** The edits don't overlap, and all ranges are of the text as it was checked. */
  | { readonly kind: 'edit'; readonly file: string; readonly edits: readonly TextEdit[] }
  /** Refused where the file exists. */
  | { readonly kind: 'create'; readonly file: string; readonly text: string }
  | { readonly kind: 'move'; readonly from: string; readonly to: string };

export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

export type FixAction =
  | ErrorAction
  /** Makes a component of a preview 1 module, beside it. */
  | { readonly kind: 'adapt-module'; readonly file: string }
  /** Keeps a variable for the runs of the crate that a file belongs to. */
  | { readonly kind: 'set-environment'; readonly name: string; readonly file: string }
  /** The same for a folder. */
  | { readonly kind: 'add-preopen'; readonly guestPath: string; readonly file: string };

/** A fix that changes one file. */
export function editFix(title: string, file: string, edits: readonly TextEdit[], safe = false): Fix {
  return { title, safe, changes: [{ kind: 'edit', file, edits }], action: null };
}

export function actionFix(title: string, action: FixAction): Fix {
  return { title, safe: false, changes: [], action };
}
