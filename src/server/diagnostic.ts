import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import type { Finding } from '../diagnostics/finding.ts';
import { pageOf } from '../shared/ruleCode.ts';
import { extensionId, findingSource } from '../shared/languageServer.ts';

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  hint: DiagnosticSeverity.Information,
} as const satisfies Record<Finding['severity'], DiagnosticSeverity>;

/** A finding as the protocol has it. A hint is “information”, since editors hide what the protocol calls a hint. */
export function diagnosticOf(finding: Finding, uriScheme: string): Diagnostic {
  return {
    range: finding.range,
    severity: severities[finding.severity],
    code: finding.code,
    codeDescription: { href: `${uriScheme}://${extensionId}/diagnostics/${pageOf(finding.code)}` },
    source: findingSource,
    message: finding.message,
  };
}
