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
  manifest: (manifest, { target }) =>
    target === 'wasm32-wasip1' || target === 'wasm32-wasi'
      ? manifest.dependencies
          .filter(({ crate }) => wasiHttpCrates.has(crate))
          .map(({ crate, entry }) => ({
            range: entry.keyRange,
            message: `${crate} speaks wasi:http, which ${target} doesn't have: build for wasm32-wasip2.`,
            fixes: [
              {
                title: 'Build and run for wasm32-wasip2',
                safe: false,
                changes: [],
                action: { kind: 'build-for-target' as const, target: 'wasm32-wasip2' },
              },
            ],
          }))
      : [],
};
