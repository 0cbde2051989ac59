import { WorkbenchError } from '../shared/workbenchError.ts';
import { type NextStep, stepForOtherHosts } from './importSteps.ts';
import type { CoreSummary } from '../wasm/summary.ts';

/** @throws WorkbenchError `missing-import` for a bare module that imports anything */
export function checkNoImports({ imports }: CoreSummary): void {
  if (imports.length === 0) return;
  const names = imports.map(({ module, name, kind }) => `${module}::${name} (${kind})`);
  const few = names.slice(0, 5).join(', ');
  throw new WorkbenchError(
    'missing-import',
    `A bare module can import nothing, but this one imports ${few}${names.length > 5 ? ', …' : ''}.`,
    { cause: names.join('\n'), ...nextStep(imports.map(({ module }) => module)) },
  );
}

function nextStep(modules: readonly string[]): NextStep {
  const step = stepForOtherHosts(modules);
  if (step !== null) return step;
  if (modules.some((module) => module.startsWith('wasi_')))
    return { hint: 'It imports WASI: run it as wasm32-wasip1.' };
  return {
    hint: 'Link the library that has the functions, or build for wasm32-wasip1, where clocks, files and randomness come from WASI.',
  };
}
