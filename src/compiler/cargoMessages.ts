/**
 * A compiler message of `cargo build --message-format=json`, as rustc writes it
 * (https://doc.rust-lang.org/rustc/json.html), with the package it is about.
 */
export interface CargoDiagnostic {
  readonly packageId: string;
  readonly manifestPath: string;
  readonly message: RustcMessage;
}

export interface RustcMessage {
  readonly level: string;
  readonly message: string;
  readonly code: { readonly code: string; readonly explanation: string | null } | null;
  readonly spans: readonly RustcSpan[];
  readonly children: readonly RustcMessage[];
  /** As rustc prints it in a terminal, without colours. */
  readonly rendered: string | null;
}

/** Lines and columns count from 1; `column_end` is one past the last character. */
export interface RustcSpan {
  readonly file_name: string;
  readonly line_start: number;
  readonly line_end: number;
  readonly column_start: number;
  readonly column_end: number;
  readonly is_primary: boolean;
  readonly label: string | null;
  readonly suggested_replacement: string | null;
  readonly suggestion_applicability: string | null;
  readonly expansion: { readonly span: RustcSpan; readonly macro_decl_name: string } | null;
}
