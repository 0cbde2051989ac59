import { applyEdits, type Edit, modify } from 'jsonc-parser';
import type { SavedInput } from '../shared/savedInput.ts';
import { readInputs } from './inputsFile.ts';

/** What a run lacked: an environment variable, or a folder. */
export type CaseAddition =
  | { readonly kind: 'variable'; readonly name: string; readonly value: string }
  | { readonly kind: 'folder'; readonly host: string; readonly guest: string; readonly writable: boolean };

/** Changes of an inputs file, all of them of the text as it was, and the case that they are made in. */
export interface CaseEdit {
  readonly caseName: string;
  readonly edits: readonly Edit[];
}

const layout = { insertSpaces: true, tabSize: 2 };

/**
 * Gives a case what it lacks: the named one, else the first. Comments and layout of the file stay.
 *
 * @param source null where there is no file, or it is empty: then it begins with `fresh`
 * @returns null where the file has mistakes that are to be mended first
 */
export function addToCase(
  source: string | null,
  caseName: string | null,
  addition: CaseAddition,
  fresh: SavedInput,
): CaseEdit | null {
  if (isEmpty(source)) {
    const begun = fileWith(fresh);
    const [path, value] = placeOf(0, fresh, addition);
    const content = applyEdits(begun, modify(begun, path, value, { formattingOptions: layout }));
    return begin(source, fresh, content);
  }
  const { cases, problems } = readInputs(source);
  if (problems.length > 0) return null;
  const at = Math.max(
    0,
    cases.findIndex(({ saved }) => saved.name === caseName),
  );
  const saved = cases[at]?.saved;
  if (saved === undefined) {
    const value = { ...fresh, ...additionAlone(addition) };
    return {
      caseName: fresh.name,
      edits: modify(source, ['cases', 0], value, { formattingOptions: layout, isArrayInsertion: true }),
    };
  }
  const [path, value, isArrayInsertion] = placeOf(at, saved, addition);
  return {
    caseName: saved.name,
    edits: modify(source, path, value, { formattingOptions: layout, isArrayInsertion }),
  };
}

/**
 * Puts a new case behind the others. Comments and layout of the file stay.
 *
 * @param source null where there is no file
 * @returns null where the file has mistakes that are to be mended first
 */
export function appendCase(source: string | null, saved: SavedInput): CaseEdit | null {
  if (isEmpty(source)) return begin(source, saved, fileWith(saved));
  const { cases, problems } = readInputs(source);
  if (problems.length > 0) return null;
  const edits = modify(source, ['cases', cases.length], saved, {
    formattingOptions: layout,
    isArrayInsertion: true,
  });
  return { caseName: saved.name, edits };
}

function isEmpty(source: string | null): source is '' | null {
  return source === null || source.trim() === '';
}

function fileWith(saved: SavedInput): string {
  return `${JSON.stringify({ cases: [saved] }, null, 2)}\n`;
}

function begin(source: string | null, { name }: SavedInput, content: string): CaseEdit {
  return { caseName: name, edits: [{ offset: 0, length: source?.length ?? 0, content }] };
}

type Place = [path: (string | number)[], value: unknown, isArrayInsertion: boolean];

function placeOf(at: number, saved: SavedInput, addition: CaseAddition): Place {
  const above = ['cases', at];
  if (addition.kind === 'variable') return [[...above, 'env', addition.name], addition.value, false];
  const { folders } = additionAlone(addition);
  const known = saved.folders?.findIndex(({ guest }) => guest === addition.guest) ?? -1;
  if (saved.folders === undefined) return [[...above, 'folders'], folders, false];
  const isNew = known < 0;
  return [[...above, 'folders', isNew ? saved.folders.length : known], folders?.[0], isNew];
}

function additionAlone(addition: CaseAddition): Pick<SavedInput, 'env' | 'folders'> {
  if (addition.kind === 'variable') return { env: { [addition.name]: addition.value } };
  const { host, guest, writable } = addition;
  return { folders: [{ host, guest, ...(writable && { writable }) }] };
}
