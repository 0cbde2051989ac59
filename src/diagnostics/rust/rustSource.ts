import type { ModuleFile, RustDocument } from '../documents/rustDocument.ts';
import type { CfgFacts } from './cfg.ts';

/**
 * A Rust source of a crate: its text, and what was read of it. The syntax tree, many times as large, is there only
 * while somebody looks at it.
 */
export class RustSource {
  readonly path: string;
  readonly text: string;
  /** By which its conditions are decided. */
  readonly facts: CfgFacts;
  readonly #parse: (source: RustSource) => RustDocument;
  #moduleFiles: readonly ModuleFile[] | undefined;

  /** @param parse may free documents that it gave before */
  constructor(path: string, text: string, facts: CfgFacts, parse: (source: RustSource) => RustDocument) {
    this.path = path;
    this.text = text;
    this.facts = facts;
    this.#parse = parse;
  }

  /** Parsed again where its tree was freed. Not to be kept: it is freed once a few others were asked for. */
  get document(): RustDocument {
    return this.#parse(this);
  }

  get moduleFiles(): readonly ModuleFile[] {
    return (this.#moduleFiles ??= this.document.moduleFiles);
  }
}
