/** What a binary is and what it asks for and offers, read without compiling it. */
export type ModuleSummary =
  CoreSummary | ComponentSummary | { readonly kind: 'other'; readonly looksLike: string };

export type ExternKind = 'func' | 'table' | 'memory' | 'global' | 'tag';

/** A core module. */
export interface CoreSummary {
  readonly kind: 'module';
  readonly imports: readonly { readonly module: string; readonly name: string; readonly kind: ExternKind }[];
  readonly exports: readonly { readonly name: string; readonly kind: ExternKind }[];
}

/** A component; names with their versions, such as `wasi:cli/run@0.2.3`. */
export interface ComponentSummary {
  readonly kind: 'component';
  readonly imports: readonly string[];
  readonly exports: readonly string[];
}
