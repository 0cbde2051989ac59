import { relative, sep } from 'node:path';
import type { Rule } from '../rule.ts';

export const manifestNotAtRoot: Rule = {
  code: 'wasi/manifest-not-at-root',
  title: 'A crate below the root of its repository',
  explanation:
    "The worker clones a repository and builds the Cargo.toml at its root; a crate in a folder below isn't found.",
  severity: 'warning',
  onlyOutlayer: true,
  manifest: (manifest, crate) =>
    crate.repository === null || crate.repository === crate.dir
      ? []
      : [
          {
            range: manifest.packageRange,
            message: `The OutLayer worker builds the Cargo.toml at a repository's root, but this one is ${relative(crate.repository, manifest.path).split(sep).join('/')}. Give the crate a repository of its own.`,
          },
        ],
};
