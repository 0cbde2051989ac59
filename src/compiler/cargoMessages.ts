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

/** The artefact of one target of one package, as `compiler-artifact` names it. */
export interface CargoArtefact {
  readonly packageId: string;
  readonly kind: readonly string[];
  readonly name: string;
  /** Absolute paths. */
  readonly filenames: readonly string[];
  readonly executable: string | null;
}

/** What a line of cargo's stdout tells; null for a line that is no message of cargo's, or one that isn't needed. */
export type CargoMessage =
  | { readonly reason: 'compiler-message'; readonly diagnostic: CargoDiagnostic }
  | { readonly reason: 'compiler-artifact'; readonly artefact: CargoArtefact };

/** The messages' own shape (https://doc.rust-lang.org/cargo/reference/external-tools.html). */
interface RawMessage {
  readonly reason?: unknown;
  readonly package_id: string;
  readonly manifest_path: string;
  readonly message: RustcMessage;
  readonly target: { readonly kind: readonly string[]; readonly name: string };
  readonly filenames: readonly string[];
  readonly executable: string | null;
}

/** Reads a line of cargo's stdout, where wrappers of rustc and build tools may print text of their own. */
export function parseCargoMessage(line: string): CargoMessage | null {
  const raw = parseJson(line);
  if (raw?.reason === 'compiler-message') {
    return {
      reason: raw.reason,
      diagnostic: { packageId: raw.package_id, manifestPath: raw.manifest_path, message: raw.message },
    };
  }
  if (raw?.reason === 'compiler-artifact') {
    return {
      reason: raw.reason,
      artefact: {
        packageId: raw.package_id,
        kind: raw.target.kind,
        name: raw.target.name,
        filenames: raw.filenames,
        executable: raw.executable,
      },
    };
  }
  return null;
}

function parseJson(line: string): RawMessage | null {
  if (!line.startsWith('{')) return null;
  try {
    return JSON.parse(line) as RawMessage;
  } catch {
    return null;
  }
}
