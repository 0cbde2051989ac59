import { setFlagsFromString } from 'node:v8';

/**
 * Lets V8 inline into functions of up to this many bytes as freely as into large ones (its default is 50): metered
 * functions are longer than they were, and small recursive ones would lose what they gained by inlining.
 */
const inliningBudget = 500;

/** Sets V8's flags for this process; to be called before anything is compiled. Unknown flags do nothing. */
export function tuneV8(): void {
  setFlagsFromString(`--wasm-inlining-min-budget=${inliningBudget}`);
}
