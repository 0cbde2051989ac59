import { readFile } from 'node:fs/promises';
import { byteSize, grouped } from '../shared/text.ts';
import { asErrorValue } from '../shared/workbenchError.ts';
import { type ModuleSummary, summarise } from '../wasm/summary.ts';
import type { BuildOutput } from './buildOutputs.ts';

const shownImports = 12;

/** A .wasm file in Markdown: format, size, imports; null where it can't be read. */
export async function describeWasm(path: string, build?: BuildOutput): Promise<string | null> {
  const bytes = await readFile(path).catch(() => null);
  if (bytes === null) return null;
  const size = `${byteSize(bytes.length)} (${grouped(bytes.length)} bytes)`;
  const [format, imports] = parts(bytes);
  const from =
    build &&
    `Last build: ${build.target}, ${build.profile}, ${new Date(build.modified).toLocaleString('en-GB')}`;
  return [from, `**${format}**, ${size}`, ...imports].filter((part) => part !== undefined).join('\n\n');
}

function parts(bytes: Uint8Array): [format: string, imports: string[]] {
  let summary: ModuleSummary;
  try {
    summary = summarise(bytes);
  } catch (thrown) {
    return [asErrorValue(thrown).message, []];
  }
  if (summary.kind === 'other')
    return ['No WebAssembly program', [`The bytes look like ${summary.looksLike}.`]];
  if (summary.kind === 'component') return ['WASI component', [importList(summary.imports)]];
  const modules = [...new Set(summary.imports.map(({ module }) => module))];
  const lines = modules.map((module) => {
    const count = summary.imports.filter((each) => each.module === module).length;
    return `${module} (${count})`;
  });
  return [moduleKind(modules), [importList(lines)]];
}

function moduleKind(modules: readonly string[]): string {
  return modules.includes('wasi_snapshot_preview1') ? 'WASI preview 1 module' : 'Core module';
}

function importList(names: readonly string[]): string {
  if (names.length === 0) return 'Imports nothing.';
  const more = names.length - shownImports;
  const lines = names.slice(0, shownImports).map((name) => `- \`${name}\``);
  return ['Imports:', '', ...lines, ...(more > 0 ? [`- and ${more} more`] : [])].join('\n');
}
