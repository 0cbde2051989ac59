/** Where a function is named as if it were called. */
export interface NamedPlace {
  /** Of the name that its path ends in. */
  readonly start: number;
  /** As it is written, such as `env::args`. */
  readonly path: string;
}

/**
 * Where functions of some names seem to be called, in the text alone: far faster than asking the syntax tree for every
 * call. Comments and strings are not told apart.
 */
export function calledNames(text: string, names: Iterable<string>): NamedPlace[] {
  const any = [...names].join('|');
  const call = `\\b(?:${any})\\b(?=\\s*(?:\\(|::\\s*<))`;
  const pattern = new RegExp(`${call}(?<=((?:\\w+\\s*::\\s*)*(?:${any})))`, 'g');
  return Array.from(text.matchAll(pattern), ({ index, 1: path = '' }) => ({ start: index, path }));
}

/** The same for macros, whose names have no path here: their offsets. */
export function calledMacros(text: string, names: Iterable<string>): number[] {
  const pattern = new RegExp(`(?<![\\w:])(?:${[...names].join('|')})(?=\\s*!)`, 'g');
  return Array.from(text.matchAll(pattern), ({ index }) => index);
}

/** Offsets of a name where functions seem to be defined by it. */
export function namedFunctions(text: string, name: string): number[] {
  return Array.from(text.matchAll(new RegExp(`(?<=\\bfn\\s+)${name}\\b`, 'g')), ({ index }) => index);
}
