import type { Target } from '../shared/target.ts';
import { WorkbenchError } from '../shared/workbenchError.ts';
import { type ModuleSummary, summarise } from '../wasm/summary.ts';
import { type Format, formatOfTarget, formats } from './formats.ts';

/** The format a run uses, and the target that stands for it. */
export interface Selection {
  readonly format: Format;
  readonly target: Target;
}

/**
 * Picks the format. A named target is final: the bytes are that format or the run fails. With none, the first
 * format that matches, in the registry's order.
 *
 * @throws WorkbenchError `unknown-target`, `not-a-component`, `not-a-module`, `unknown-format`
 */
export function selectFormat(wasm: Uint8Array, target: Target | null): Selection {
  if (target !== null) return namedFormat(wasm, target);
  const summary = summarise(wasm);
  const format = formats.find(({ matches }) => matches(summary));
  if (format === undefined) {
    throw new WorkbenchError(
      'unknown-format',
      'Failed to load WASM binary: it is of no format that can be run.',
      {
        cause: `The bytes look like ${describe(summary)}`,
        hint: mendOf(summary) ?? `Build for a target that makes one of these: ${listFormats()}.`,
      },
    );
  }
  return { format, target: format.targets[0] };
}

function namedFormat(wasm: Uint8Array, target: Target): Selection {
  const format = formatOfTarget(target);
  if (format === undefined) {
    throw new WorkbenchError('unknown-target', `Unknown build target "${target}".`, {
      hint: `The targets are: ${formats.flatMap(({ targets }) => targets).join(', ')}.`,
    });
  }
  const summary = summarise(wasm);
  if (summary.kind === format.kind) return { format, target };
  const code = format.kind === 'component' ? 'not-a-component' : 'not-a-module';
  const fitting = formats.find(({ matches }) => matches(summary));
  throw new WorkbenchError(code, `Not a valid ${format.title}.`, {
    cause: `The bytes look like ${describe(summary)}`,
    hint:
      fitting === undefined
        ? (mendOf(summary) ?? `Build the program for ${target}, and run the .wasm file that cargo makes.`)
        : `Build the program for ${target}, or run this file as ${fitting.targets[0]}.`,
    actions: [{ kind: 'build-for-target', target }],
  });
}

function describe(summary: ModuleSummary): string {
  switch (summary.kind) {
    case 'module':
      return 'a core WebAssembly module, which wasm32-wasip1 and wasm32-unknown-unknown make.';
    case 'component':
      return 'a WebAssembly component, which wasm32-wasip2 makes.';
    case 'other':
      return summary.looksLike.endsWith('.') ? summary.looksLike : `${summary.looksLike}.`;
  }
}

function mendOf(summary: ModuleSummary): string | null {
  return summary.kind === 'other' ? summary.mend : null;
}

function listFormats(): string {
  return formats.map(({ title, targets }) => `${title} (${targets.join(', ')})`).join('; ');
}
