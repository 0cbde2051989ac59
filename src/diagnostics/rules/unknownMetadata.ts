import { meantName } from '../../shared/meantName.ts';
import { profileKinds } from '../../shared/profileKind.ts';
import { ruleCodes } from '../../shared/ruleCode.ts';
import type { ManifestDocument } from '../documents/manifestDocument.ts';
import type { TomlEntry } from '../documents/tomlDocument.ts';
import type { Report } from '../finding.ts';
import { editFix } from '../fix.ts';
import type { Range } from '../position.ts';
import type { Rule } from '../rule.ts';

const table = ['package', 'metadata', 'wasi-workbench'] as const;
const keys = ['profile', 'allow'];

export const unknownMetadata: Rule = {
  code: 'wasi/unknown-metadata',
  title: 'What nothing reads under [package.metadata.wasi-workbench]',
  explanation:
    'Cargo leaves metadata to other tools, and says nothing of a name that none of them knows: it stays without effect.',
  severity: 'warning',
  manifest: (manifest) =>
    manifest.below(...table).flatMap(({ name, first }) => {
      if (name === 'profile') return ofProfile(manifest, first);
      if (name === 'allow') return ofAllow(manifest, first);
      return [unknown(manifest, first.keyRange, name, keys, `${name} is nothing that can be set here`)];
    }),
};

function ofProfile(manifest: ManifestDocument, { value, valueRange }: TomlEntry): Report[] {
  if (valueRange === null || profileKinds.some((kind) => kind === value)) return [];
  const named = typeof value === 'string' ? value : '';
  const what = 'This is none of the profiles that a run can have';
  return [unknown(manifest, valueRange, named, profileKinds, what, JSON.stringify)];
}

function ofAllow(manifest: ManifestDocument, { value, valueRange }: TomlEntry): Report[] {
  if (valueRange === null) return [];
  if (!Array.isArray(value)) {
    return [
      {
        range: valueRange,
        message: 'This is no list of codes, and silences nothing: allow = ["wasi/args"].',
      },
    ];
  }
  const codes: readonly unknown[] = ruleCodes;
  const { lines, text } = manifest;
  const start = lines.offsetAt(valueRange.start);
  const list = text.slice(start, lines.offsetAt(valueRange.end));
  return value
    .filter((code) => !codes.includes(code))
    .map((code) => {
      const what = `${JSON.stringify(code)} is no code of a rule, and silences nothing`;
      // With its quotes: it may be the beginning of another.
      const at = [`"${code}"`, `'${code}'`].map((quoted) => list.indexOf(quoted)).find((place) => place >= 0);
      if (typeof code !== 'string' || at === undefined) return { range: valueRange, message: `${what}.` };
      const from = start + at + 1;
      return unknown(manifest, lines.rangeOf(from, from + code.length), code, ruleCodes, what);
    });
}

/** @param written how the name that was meant is written in the place of this one */
function unknown(
  manifest: ManifestDocument,
  range: Range,
  name: string,
  known: readonly string[],
  what: string,
  written: (meant: string) => string = (meant) => meant,
): Report {
  const meant = meantName(name, known);
  if (meant === null) {
    const all = known === ruleCodes ? 'Their pages are in docs/diagnostics.' : `Write ${known.join(' or ')}.`;
    return { range, message: `${what}. ${all}` };
  }
  const fix = editFix(`Replace with ${meant}`, manifest.path, [{ range, newText: written(meant) }], true);
  return { range, message: `${what}. Did you mean ${meant}?`, fixes: [fix] };
}
