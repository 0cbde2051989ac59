import { programFix } from '../fixes/programFix.ts';
import type { Rule } from '../rule.ts';
import { looksPublished } from './missingStart.ts';

export const noProgram: Rule = {
  code: 'wasi/no-program',
  title: 'A library without a program',
  explanation: 'Only a program can be run: a crate needs a binary with fn main(), or an example.',
  severity: 'warning',
  manifest: (manifest, crate) => {
    if (manifest.isProcMacro || manifest.find('workspace', 'members') !== undefined || crate.isMember)
      return [];
    const links = manifest.crateTypes?.some((type) => type === 'cdylib' || type === 'staticlib') ?? false;
    if (links || looksPublished(manifest) || crate.roots.some(({ kind }) => kind !== 'lib')) return [];
    const isEmpty = crate.roots.length === 0;
    if (isEmpty && (manifest.manifest?.bins.length ?? 0) > 0) return [];
    return [
      {
        range: manifest.packageRange,
        message: isEmpty
          ? 'This package has neither src/main.rs nor src/lib.rs, so cargo has nothing to build. Add src/main.rs with fn main().'
          : 'This crate is a library without a program, so there is nothing to run. Add src/main.rs with fn main(), or a [[bin]] section in Cargo.toml.',
        fixes: programFix(crate, false),
        ...(isEmpty ? { severity: 'warning' as const } : {}),
      },
    ];
  },
};
