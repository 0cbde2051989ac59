import type { RuleCode } from '../../../../src/shared/ruleCode.ts';
import type { FileTexts } from '../support.ts';

/** Crates that a rule finds something in, at the places between `«` and `»`, and crates that it must not. */
export interface RuleCases {
  readonly found: Readonly<Record<string, FileTexts>>;
  readonly nearMisses: Readonly<Record<string, FileTexts>>;
}

export type CaseTable = Readonly<Partial<Record<RuleCode, RuleCases>>>;
