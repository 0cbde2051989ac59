import type { RuleCode } from '../shared/ruleCode.ts';
import type { Crate } from './crate.ts';
import type { ConfigDocument } from './documents/configDocument.ts';
import type { ManifestDocument } from './documents/manifestDocument.ts';
import type { RustDocument } from './documents/rustDocument.ts';
import type { WasmDocument } from './documents/wasmDocument.ts';
import type { Finding, Report, RuleSetting, Severity } from './finding.ts';
import { isBefore } from './position.ts';
import type { Rule } from './rule.ts';
import { rules } from './rules/index.ts';
import { silencedLines } from './silence.ts';

/** What settings make of rules; those that aren't named keep their own severity. */
export type RuleSettings = Readonly<Partial<Record<RuleCode, RuleSetting>>>;

/** What is wrong with a package's Cargo.toml, in the order of the file. */
export function checkManifest(crate: Crate, settings: RuleSettings = {}): Finding[] {
  const { manifest } = crate;
  return check(manifest, crate, settings, (rule) => rule.manifest?.(manifest, crate));
}

/** What is wrong with a source file of a package, in the order of the file. */
export function checkSource(source: RustDocument, crate: Crate, settings: RuleSettings = {}): Finding[] {
  const found = check(source, crate, settings, (rule) => rule.rust?.(source, crate));
  if (crate.meantForWasi) return found;
  return found.map((finding) =>
    settings[finding.code] === undefined ? { ...finding, severity: 'hint' } : finding,
  );
}

/** What is wrong with .cargo/config.toml, rust-toolchain.toml or .vscode/tasks.json. */
export function checkConfig(config: ConfigDocument, settings: RuleSettings = {}): Finding[] {
  return check(config, null, settings, (rule) => rule.config?.(config));
}

/** What keeps a .wasm file from being run. */
export function checkWasm(wasm: WasmDocument, settings: RuleSettings = {}): Finding[] {
  return check({ path: wasm.path, text: '' }, null, settings, (rule) => rule.wasm?.(wasm));
}

/** Everything that is wrong with a package: its Cargo.toml, then its sources. */
export function checkCrate(crate: Crate, settings: RuleSettings = {}): Finding[] {
  const sources = [...crate.sources.values()].flatMap((source) => checkSource(source, crate, settings));
  return [...checkManifest(crate, settings), ...sources];
}

function check(
  document:
    ManifestDocument | RustDocument | ConfigDocument | { readonly path: string; readonly text: string },
  crate: Crate | null,
  settings: RuleSettings,
  reportsOf: (rule: Rule) => readonly Report[] | undefined,
): Finding[] {
  const silenced = silencedLines(document.text);
  const allowed = crate?.manifest.value('package', 'metadata', 'wasi-workbench', 'allow');
  const isAllowed = (code: RuleCode): boolean => Array.isArray(allowed) && allowed.includes(code);
  return rules
    .filter((rule) => settings[rule.code] !== 'off' && !isAllowed(rule.code))
    .filter((rule) => rule.onlyOutlayer !== true || crate?.profileKind === 'outlayer')
    .flatMap((rule) =>
      (reportsOf(rule) ?? [])
        .filter(({ range }) => silenced.get(range.start.line)?.has(rule.code) !== true)
        .map((report) => finding(rule, report, document.path, settings[rule.code])),
    )
    .sort((a, b) =>
      isBefore(b.range.start, a.range.start) ? 1 : isBefore(a.range.start, b.range.start) ? -1 : 0,
    );
}

function finding(rule: Rule, report: Report, file: string, setting: RuleSetting | undefined): Finding {
  const set: Severity | undefined = setting === 'off' ? undefined : setting;
  return {
    code: rule.code,
    severity: set ?? report.severity ?? rule.severity,
    file,
    range: report.range,
    message: report.message,
    fixes: report.fixes ?? [],
    error: null,
  };
}
