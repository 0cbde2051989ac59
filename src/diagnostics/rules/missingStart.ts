import { checkStartExport } from '../../executor/wasiP1Checks.ts';
import type { Crate } from '../crate.ts';
import type { ManifestDocument } from '../documents/manifestDocument.ts';
import type { RustDocument } from '../documents/rustDocument.ts';
import type { Report } from '../finding.ts';
import { editFix } from '../fix.ts';
import { programFix } from '../fixes/programFix.ts';
import { newline } from '../fixes/addedLines.ts';
import { mainTemplate } from '../fixes/mainTemplate.ts';
import { startOfFile } from '../position.ts';
import type { Rule } from '../rule.ts';
import { isPreview1, reportsOf } from './wasmReports.ts';

export const missingStart: Rule = {
  code: 'wasi/missing-start',
  title: 'No entry to start at',
  explanation:
    'A host starts a program at _start, which the compiler makes of the fn main() of a binary. A library has none, whatever it exports.',
  severity: 'error',
  manifest: (manifest, crate) => {
    const types = manifest.crateTypes;
    const linked = types?.find((type) => type === 'cdylib' || type === 'staticlib');
    if (linked === undefined || crate.roots.some(({ kind }) => kind !== 'lib')) return [];
    if (!meansProgram(manifest, crate)) return [];
    const entry = manifest.find('lib', 'crate-type') ?? manifest.find('lib', 'crate_type');
    return [
      {
        range: entry?.valueRange ?? manifest.packageRange,
        message: `This library can't be run: a ${linked} has no fn main, and so nothing that a host starts at ("Failed to find _start function"). Make it a program: [[bin]] with fn main().`,
        fixes: programFix(crate, crate.meantForWasi),
        ...(crate.meantForWasi ? {} : { severity: 'warning' as const }),
      },
    ];
  },
  rust: (source, { isProgram }) => (isProgram && lacksMain(source) ? [withoutMain(source)] : []),
  wasm: ({ bytes, summary, target }) => {
    if (summary.kind !== 'module' || target === 'wasm32-wasip2') return [];
    return isPreview1(summary, target) ? reportsOf('missing-start', () => checkStartExport(bytes)) : [];
  },
};

/** Crates whose libraries are loaded by a host of their own, which calls what they export. */
const otherHosts = new Set([
  ...['near-sdk', 'near-sys', 'cosmwasm-std', 'ink', 'soroban-sdk', 'stylus-sdk', 'solana-program'],
  ...['anchor-lang', 'ic-cdk', 'concordium-std', 'wasm-bindgen', 'pyo3', 'napi', 'neon', 'jni', 'rustler'],
  ...['magnus', 'extendr-api', 'pgrx', 'godot', 'gdnative', 'extism-pdk', 'proxy-wasm', 'fluentbase-sdk'],
  ...[
    'worker',
    'uniffi',
    'flutter_rust_bridge',
    'wit-bindgen',
    'spin-sdk',
    'zed_extension_api',
    'mlua',
    'cxx',
  ],
]);

/** What makes the bindings of a native library while it is built. */
const bindingTools = new Set(['cbindgen', 'csbindgen', 'napi-build', 'uniffi', 'uniffi_build', 'cxx-build']);

function meansProgram(manifest: ManifestDocument, crate: Crate): boolean {
  if (crate.target === 'wasm32-unknown-unknown') return false;
  if (manifest.dependencies.some((dependency) => otherHosts.has(dependency.crate))) return false;
  if (manifest.find('package', 'metadata', 'component') !== undefined) return false;
  if (manifest.below('build-dependencies').some(({ name }) => bindingTools.has(name))) return false;
  // A published library that is a cdylib besides is for C, not for a host.
  if (manifest.crateTypes?.some((type) => type === 'lib' || type === 'rlib') && looksPublished(manifest)) {
    return false;
  }
  return crate.target !== null || !exportsBareEntry(crate);
}

export function looksPublished(manifest: ManifestDocument): boolean {
  const has = (key: string) => manifest.value('package', key) !== undefined;
  return (
    has('description') &&
    (has('license') || has('license-file')) &&
    manifest.value('package', 'publish') !== false
  );
}

/** Whether the library exports a function that a host of bare modules starts at. */
function exportsBareEntry({ sources }: Crate): boolean {
  return [...sources.values()].some((source) =>
    /#\[\s*(?:unsafe\s*\(\s*)?no_mangle\s*\)?\s*\]\s*(?:\/\/[^\n]*\s*)*pub\s+(?:unsafe\s+)?extern\s+"C"\s+fn\s+(?:run|main|_start)\b/.test(
      source.text,
    ),
  );
}

/** Sure only where nothing in the file could define or import a `main` that isn't seen. */
function lacksMain({ tree, text }: RustDocument): boolean {
  const { rootNode } = tree;
  if (rootNode.hasError || /\bno_main\b/.test(text)) return false;
  return rootNode.namedChildren.every((item) => {
    const inner = item.type === 'expression_statement' ? (item.namedChildren[0] ?? item) : item;
    if (inner.type === 'macro_invocation') return false;
    return !(['function_item', 'use_declaration'].includes(inner.type) && /\bmain\b|\*/.test(inner.text));
  });
}

function withoutMain(source: RustDocument): Report {
  const end = source.lines.positionAt(source.text.length);
  const gap = source.text === '' ? '' : source.text.endsWith('\n') ? '\n' : '\n\n';
  const added = (gap + mainTemplate(null)).replaceAll('\n', newline(source.text));
  return {
    range: startOfFile,
    severity: 'error',
    message: 'This file is the root of a program, but has no fn main() to start at. Add one.',
    fixes: [
      editFix(
        'Add fn main that reads stdin and prints JSON',
        source.path,
        [{ range: { start: end, end }, newText: added }],
        true,
      ),
    ],
  };
}
