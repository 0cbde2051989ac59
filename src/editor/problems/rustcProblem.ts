import type { RustcMessage, RustcSpan } from '../../compiler/cargoMessages.ts';

/** A place in a source file; lines and columns count from 1, columns in characters, as rustc counts. */
export interface RustcPlace {
  readonly file: string;
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A compiler message as an editor shows it, before its places are looked up. */
export interface RustcProblem {
  readonly severity: 'error' | 'warning' | 'information';
  readonly message: string;
  /** Null where the message is about the crate as a whole. */
  readonly place: RustcPlace | null;
  readonly code: string | null;
  /** rustc's page on an error code. */
  readonly codeUrl: string | null;
  readonly tag: 'unnecessary' | 'deprecated' | null;
  readonly related: readonly { readonly message: string; readonly place: RustcPlace }[];
  readonly fixes: readonly RustcFix[];
}

/** A change that rustc suggests; all of its edits belong together. */
export interface RustcFix {
  readonly title: string;
  /** rustc is sure of it; others may need a second look. */
  readonly isSure: boolean;
  readonly edits: readonly { readonly place: RustcPlace; readonly text: string }[];
}

/** Null for what is no problem of its own: counts of warnings, “aborting due to …”, pointers to --explain. */
export function rustcProblem(message: RustcMessage): RustcProblem | null {
  const primary = message.spans.find((span) => span.is_primary) ?? null;
  if (primary === null && isSummary(message)) return null;
  const code = message.code?.code ?? null;
  return {
    severity: severityOf(message.level),
    message: textOf(message, primary),
    place: primary && placeOf(primary),
    code,
    codeUrl:
      code !== null && /^E\d{4}$/.test(code) ? `https://doc.rust-lang.org/error_codes/${code}.html` : null,
    tag: tagOf(code),
    related: [...relatedOf(message, primary), ...(primary === null ? [] : expansionsOf(primary))],
    fixes: message.children.flatMap(fixesOf),
  };
}

function isSummary({ level, message }: RustcMessage): boolean {
  return (
    level === 'failure-note' || /^aborting due to |^\d+ warnings? emitted|^could not compile /.test(message)
  );
}

function severityOf(level: string): RustcProblem['severity'] {
  // “error: internal compiler error” is a level too.
  if (level.startsWith('error')) return 'error';
  return level === 'warning' ? 'warning' : 'information';
}

const unnecessary = /^(?:unused_|dead_code$|unreachable_)/;

function tagOf(code: string | null): RustcProblem['tag'] {
  if (code === null) return null;
  if (code === 'deprecated') return 'deprecated';
  return unnecessary.test(code) ? 'unnecessary' : null;
}

/** The message, its label, and the notes that have no place of their own, as rustc prints them below it. */
function textOf({ message, children }: RustcMessage, primary: RustcSpan | null): string {
  const label = primary?.label ?? null;
  const notes = children
    .filter(({ spans }) => spans.length === 0)
    .map(({ level, message: note }) => `${level}: ${note}`);
  return [message, ...(label === null || label === message ? [] : [label]), ...notes].join('\n');
}

function relatedOf({ spans, children }: RustcMessage, primary: RustcSpan | null): RustcProblem['related'] {
  const labelled = spans
    .filter((span) => span !== primary && span.label !== null)
    .map((span) => ({ message: span.label!, place: placeOf(span) }));
  const notes = children.flatMap((child) =>
    child.spans
      .filter((span) => span.is_primary)
      .map((span) => ({ message: noteText(child, span), place: placeOf(span) })),
  );
  return [...labelled, ...notes];
}

/** The calls of macros that led to a place, the innermost first, as rustc prints a macro backtrace. */
function expansionsOf(primary: RustcSpan): RustcProblem['related'] {
  const shown = JSON.stringify(placeOf(primary));
  const calls: { message: string; place: RustcPlace }[] = [];
  for (let { expansion } = primary; expansion !== null; { expansion } = expansion.span) {
    const place = placeOf(expansion.span);
    const name = expansion.macro_decl_name;
    if (JSON.stringify(place) !== shown) calls.push({ message: `in this expansion of \`${name}\``, place });
  }
  return calls;
}

/** Several suggestions for one place are alternatives; those for several places are one suggestion. */
function fixesOf({ message, spans }: RustcMessage): RustcFix[] {
  const suggested = spans.filter(
    ({ suggested_replacement, suggestion_applicability: how, file_name }) =>
      suggested_replacement !== null &&
      (how === 'MachineApplicable' || how === 'MaybeIncorrect') &&
      !isForeign(file_name),
  );
  if (suggested.length === 0) return [];
  const starts = new Set(
    suggested.map((span) => `${span.file_name}:${span.line_start}:${span.column_start}`),
  );
  const groups = starts.size === suggested.length ? [suggested] : suggested.map((span) => [span]);
  return groups.map((group) => ({
    title: fixTitle(message, group),
    isSure: group.every(({ suggestion_applicability: how }) => how === 'MachineApplicable'),
    edits: group.map((span) => ({ place: exactPlace(span), text: span.suggested_replacement! })),
  }));
}

function fixTitle(message: string, group: readonly RustcSpan[]): string {
  const text = group.length === 1 ? group[0]!.suggested_replacement!.trim() : '';
  return text === '' || text.includes('\n') ? message : `${message}: \`${text}\``;
}

function noteText({ level, message }: RustcMessage, { suggested_replacement: text }: RustcSpan): string {
  return `${level}: ${message}${text ? `: \`${text}\`` : ''}`;
}

/** Where the user can mend it: what a macro of the standard library expands to is shown at the macro's call. */
function placeOf(span: RustcSpan): RustcPlace {
  let place = span;
  while (place.expansion !== null && isForeign(place.file_name)) place = place.expansion.span;
  return exactPlace(place);
}

function exactPlace(span: RustcSpan): RustcPlace {
  return {
    file: span.file_name,
    startLine: span.line_start,
    startColumn: span.column_start,
    endLine: span.line_end,
    endColumn: span.column_end,
  };
}

/** The standard library's sources (`/rustc/…`, or rust-src below a toolchain), and macros' made-up files. */
function isForeign(file: string): boolean {
  return /^<|^\/rustc\/|[\\/]lib[\\/]rustlib[\\/]src[\\/]/.test(file);
}

/** The UTF-16 column, from 0, of rustc's column in a line: rustc counts characters, from 1. */
export function utf16Column(line: string, rustcColumn: number): number {
  let column = 0;
  let characters = rustcColumn - 1;
  for (const character of line) {
    if (characters-- <= 0) break;
    column += character.length;
  }
  return column;
}
