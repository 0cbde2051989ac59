import { fixesOfActions } from '../fixes/actionFixes.ts';
import { configureTarget } from '../fixes/configureTarget.ts';
import type { Rule } from '../rule.ts';

/** HTTP clients over wasi:http. */
const wasiHttpCrates = new Set([
  'waki',
  'wstd',
  'wasi-http-client',
  'wasi-experimental-http',
  'golem-wasi-http',
]);

export const httpNeedsP2: Rule = {
  code: 'wasi/http-needs-p2',
  title: 'wasi:http on a preview 1 target',
  explanation: 'wasi:http is an interface of components, which only wasm32-wasip2 makes.',
  severity: 'warning',
  manifest: (manifest, { target, config }) =>
    target === 'wasm32-wasip1' || target === 'wasm32-wasi'
      ? manifest.dependencies
          .filter(({ crate }) => wasiHttpCrates.has(crate))
          .map(({ crate, entry }) => ({
            range: entry.keyRange,
            message: `${crate} speaks wasi:http, which ${target} doesn't have: build for wasm32-wasip2.`,
            fixes: [
              ...configureTarget(config, 'wasm32-wasip2'),
              ...fixesOfActions([{ kind: 'build-for-target', target: 'wasm32-wasip2' }]),
            ],
          }))
      : [],
};
