import type { ErrorValue } from '../shared/workbenchError.ts';
import type { Fix } from './fix.ts';
import type { Range } from './position.ts';
import type { RuleCode } from '../shared/ruleCode.ts';

/** In falling order. */
export const severities = ['error', 'warning', 'hint'] as const;

export type Severity = (typeof severities)[number];

/** What a setting makes of a rule. */
export type RuleSetting = Severity | 'off';

/** One mistake at one place. Plain data: it passes between processes as it is. */
export interface Finding {
  readonly code: RuleCode;
  readonly severity: Severity;
  /** Absolute path. */
  readonly file: string;
  readonly range: Range;
  /** What is wrong here and what mends it, in one or two sentences. */
  readonly message: string;
  /** Most useful first; made for the documents as they were checked. */
  readonly fixes: readonly Fix[];
  /** The failure of a build or a run that this is; null where it was found by reading. */
  readonly error: ErrorValue | null;
}

/** What a rule reports; {@link Finding}'s code, file and severity are filled in from the rule and its document. */
export interface Report {
  readonly range: Range;
  readonly message: string;
  readonly fixes?: readonly Fix[];
  /** Where it is another than the rule's own, or holds whatever the crate is for. */
  readonly severity?: Severity;
}
