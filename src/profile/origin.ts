import type { CodeOrigin, ProfiledCrate } from '../shared/profile.ts';

/** Paths of sources that are not the user's, as compilers write them; the first group is the crate or library. */
const known: readonly { readonly origin: CodeOrigin; readonly path: RegExp }[] = [
  // Rust's library, as it was shipped or from the component rust-src.
  { origin: 'std', path: /^\/rustc\/[0-9a-f]+\/library\/([^/]+)\// },
  { origin: 'std', path: /\/rustlib\/(?:src\/rust\/|rustc-src\/rust\/)library\/([^/]+)\// },
  // What it is built from.
  { origin: 'std', path: /^\/rust\/deps\/([^/]+?)-\d[^/]*\// },
  { origin: 'std', path: /\b(wasi-libc)\b/ },
  { origin: 'std', path: /^wasisdk:\/\/[^/]*\/(?:.*\/)?(compiler-rt|llvm-project)/ },
  { origin: 'dependency', path: /\/registry\/src\/[^/]+\/([^/]+?)-\d[^/]*\// },
  { origin: 'dependency', path: /\/git\/checkouts\/(.+?)-[0-9a-f]+\// },
  { origin: 'dependency', path: /(?:^|\/)vendor\/([^/]+)\// },
];

/** Whose code a source file holds, and the name of the crate where it is not the user's. */
export function originOf(file: string | null): { readonly origin: CodeOrigin; readonly name: string } {
  if (file === null || file === '') return { origin: 'unknown', name: '' };
  const path = file.replaceAll('\\', '/');
  for (const { origin, path: pattern } of known) {
    const name = pattern.exec(path)?.[1];
    if (name !== undefined) return { origin, name };
  }
  return { origin: 'yours', name: '' };
}

/** Whose code it is, in words. */
export const wordsOfOrigins: Readonly<Record<CodeOrigin, string>> = {
  yours: 'Your code',
  dependency: 'Dependencies',
  std: 'Rust’s library',
  unknown: 'Not known',
};

export function nameOfCrate({ origin, name }: Pick<ProfiledCrate, 'origin' | 'name'>): string {
  return name === '' ? wordsOfOrigins[origin] : name;
}
