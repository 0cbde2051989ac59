import type { RuleCode } from '../shared/ruleCode.ts';
import type { Crate } from './crate.ts';
import type { ConfigDocument } from './documents/configDocument.ts';
import type { ManifestDocument } from './documents/manifestDocument.ts';
import type { WasmDocument } from './documents/wasmDocument.ts';
import type { Finding, Report, RuleSetting, Severity } from './finding.ts';
import { isBefore, startOfFile } from './position.ts';
import type { Rule } from './rule.ts';
import type { RustSource } from './rust/rustSource.ts';
import { ruleOf, rules } from './rules/index.ts';
import { isAllowed, silencedLines } from './silence.ts';
import { sourceReports } from './sourceReports.ts';

/** What settings make of rules; those that aren't named keep their own severity. */
export type RuleSettings = Readonly<Partial<Record<RuleCode, RuleSetting>>>;

/** What is wrong with a package's Cargo.toml, in the order of the file. */
function checkManifest(crate: Crate, settings: RuleSettings = {}): Finding[] {
  const { manifest } = crate;
  return check(manifest, crate, settings, (rule) => rule.manifest?.(manifest, crate));
}

/** What keeps cargo from reading a Cargo.toml at all; nothing of that is a rule's, since nothing else can be read. */
export function checkReadable(manifest: ManifestDocument): Finding[] {
  if (manifest.error === null && (manifest.manifest?.package ?? manifest.find('workspace'))) return [];
  const message =
    manifest.error === null
      ? 'This manifest has neither a [package] with a name nor a [workspace].'
      : `This is no valid TOML: ${manifest.error.message}.`;
  const range = manifest.error?.range ?? startOfFile;
  return [finding(ruleOf('wasi/build-failed'), { range, message }, manifest.path, 'error')];
}

/** What is wrong with a source file of a package, in the order of the file. */
export function checkSource(source: RustSource, crate: Crate, settings: RuleSettings = {}): Finding[] {
  const reports = sourceReports(source, crate);
  if (reports.size === 0) return [];
  return check(source, crate, settings, (rule) =>
    rule.holds?.(source, crate) === false ? undefined : reports.get(rule),
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
  document: { readonly path: string; readonly text: string },
  crate: Crate | null,
  settings: RuleSettings,
  reportsOf: (rule: Rule) => readonly Report[] | undefined,
): Finding[] {
  const silenced = silencedLines(document.text);
  return rules
    .filter((rule) => settings[rule.code] !== 'off' && !isAllowed(rule.code, crate))
    .filter((rule) => rule.onlyOutlayer !== true || crate?.profileKind === 'outlayer')
    .flatMap((rule) =>
      (reportsOf(rule) ?? [])
        .filter(({ range }) => silenced.get(range.start.line)?.has(rule.code) !== true)
        .map((report) => finding(rule, report, document.path, severityOf(rule, report, crate, settings))),
    )
    .sort((a, b) =>
      isBefore(b.range.start, a.range.start) ? 1 : isBefore(a.range.start, b.range.start) ? -1 : 0,
    );
}

/**
 * What a setting says, else the report. In a crate of which nobody said that it is for WASI the rest are hints: it may
 * never be built for WebAssembly.
 */
function severityOf(rule: Rule, report: Report, crate: Crate | null, settings: RuleSettings): Severity {
  const set = settings[rule.code];
  if (set !== undefined && set !== 'off') return set;
  return report.severity ?? (crate?.meantForWasi === false ? 'hint' : rule.severity);
}

function finding(rule: Rule, report: Report, file: string, severity: Severity): Finding {
  return {
    code: rule.code,
    severity,
    file,
    range: report.range,
    message: report.message,
    fixes: report.fixes ?? [],
    error: null,
  };
}
