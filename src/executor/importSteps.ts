import type { ErrorValue } from '../shared/workbenchError.ts';

export type NextStep = Partial<Pick<ErrorValue, 'hint' | 'actions'>>;

/**
 * What to do about a core module whose imports are for another kind of host: JavaScript in a browser, or components.
 *
 * @param modules the names that are imported from
 * @returns null where none says so
 */
export function stepForOtherHosts(modules: readonly string[]): NextStep | null {
  if (modules.some((module) => module.startsWith('__wbindgen'))) {
    return {
      hint: 'wasm-bindgen is among the dependencies, which is for browsers: find the crate with `cargo tree -i wasm-bindgen` and turn off the feature that brings it in.',
    };
  }
  if (modules.some((module) => module.includes(':'))) {
    return {
      hint: 'It imports interfaces of components: build the program for wasm32-wasip2.',
      actions: [{ kind: 'build-for-target', target: 'wasm32-wasip2' }],
    };
  }
  return null;
}
