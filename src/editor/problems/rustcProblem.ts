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
    related: relatedOf(message, primary),
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

function noteText({ level, message }: RustcMessage, { suggested_replacement: text }: RustcSpan): string {
  return `${level}: ${message}${text ? `: \`${text}\`` : ''}`;
}

/** Where the user can mend it: what a macro of the standard library expands to is shown at the macro's call. */
function placeOf(span: RustcSpan): RustcPlace {
  let place = span;
  while (place.expansion !== null && isForeign(place.file_name)) place = place.expansion.span;
  return {
    file: place.file_name,
    startLine: place.line_start,
    startColumn: place.column_start,
    endLine: place.line_end,
    endColumn: place.column_end,
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
