import type { Crate } from './crate.ts';
import type { ConfigDocument } from './documents/configDocument.ts';
import type { ManifestDocument } from './documents/manifestDocument.ts';
import type { RustDocument } from './documents/rustDocument.ts';
import type { WasmDocument } from './documents/wasmDocument.ts';
import type { Report, Severity } from './finding.ts';
import type { RustSource } from './rust/rustSource.ts';
import type { RuleCode } from '../shared/ruleCode.ts';

/** What a rule may know of the place of a source in its crate. With the text, all that its reports depend on. */
export interface SourcePlace {
  /** Null where the package names none. */
  readonly edition: string | null;
  /** Whether a program starts in this file. */
  readonly isProgram: boolean;
}

/**
 * One mistake that people make: how it is found in what can be read, and how it is mended. A rule looks at what is
 * handed to it and nothing else, so that the editor and the command line find the same.
 */
export interface Rule {
  readonly code: RuleCode;
  /** What the list of settings calls it; a few words. */
  readonly title: string;
  /** Why it matters, in one or two sentences; its page in docs/diagnostics has the rest. */
  readonly explanation: string;
  /** Unless a setting says otherwise. */
  readonly severity: Severity;
  /** Only for crates whose profile is `outlayer`. */
  readonly onlyOutlayer?: true;
  /** Looks at a package's or workspace's Cargo.toml. */
  readonly manifest?: (manifest: ManifestDocument, crate: Crate) => Report[];
  /** Looks at a source file that is part of the program as it is built for WebAssembly. */
  readonly rust?: (source: RustDocument, place: SourcePlace) => Report[];
  /** Whether the crate as a whole leaves standing what a source shows. Where it is missing, it always does. */
  readonly holds?: (source: RustSource, crate: Crate) => boolean;
  /** Looks at a .wasm file. */
  readonly wasm?: (wasm: WasmDocument) => Report[];
  /** Looks at .cargo/config.toml, rust-toolchain.toml or .vscode/tasks.json. */
  readonly config?: (config: ConfigDocument) => Report[];
}
