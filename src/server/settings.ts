import { outlayerOfSetting } from '../cases/outlayerFields.ts';
import type { RuleSettings } from '../diagnostics/check.ts';
import { severities, type RuleSetting } from '../diagnostics/finding.ts';
import type { OutlayerSettings } from '../shared/outlayer.ts';
import { type ProfileKind, profileKinds } from '../shared/profileKind.ts';
import { pageOf, ruleCodes, type RuleCode } from '../shared/ruleCode.ts';
import { isRecord } from '../shared/shapes.ts';
import { type Target, targets } from '../shared/target.ts';

/** The settings of a folder that checks go by. */
export interface CheckSettings {
  /** Of the rules that aren't left at their own severity. */
  readonly rules: RuleSettings;
  readonly profileKind: ProfileKind | null;
  readonly outlayer: OutlayerSettings;
  /** Null where it is the default, which says nothing about the crate. */
  readonly target: Target | null;
}

const settings: readonly RuleSetting[] = [...severities, 'off'];

/** @param section the editor's `wasi-workbench` section; whatever of it makes no sense is left out */
export function checkSettings(section: unknown): CheckSettings {
  const values = isRecord(section) ? section : {};
  const perRule = isRecord(values['diagnostics']) ? values['diagnostics'] : {};
  const rules: Partial<Record<RuleCode, RuleSetting>> = {};
  for (const code of ruleCodes) {
    const setting = settings.find((each) => each === perRule[pageOf(code)]);
    if (setting !== undefined) rules[code] = setting;
  }
  const target = targets.find((each) => each === values['target']) ?? null;
  return {
    rules,
    profileKind: profileKinds.find((kind) => kind === values['profileKind']) ?? null,
    outlayer: outlayerOfSetting(values['outlayer']),
    target: target === 'wasm32-wasip2' ? null : target,
  };
}
