import { join, relative, resolve, sep } from 'node:path';
import { parserFiles } from '../../../scripts/lib/places.mjs';
import type { WritableFiles } from '../../../src/diagnostics/applyFix.ts';
import { checkCrate, type RuleSettings } from '../../../src/diagnostics/check.ts';
import { checkConfigFiles } from '../../../src/diagnostics/checkFolder.ts';
import type { Crate } from '../../../src/diagnostics/crate.ts';
import { type CrateOptions, CrateReader } from '../../../src/diagnostics/crateReader.ts';
import type { Files } from '../../../src/diagnostics/files.ts';
import type { Finding } from '../../../src/diagnostics/finding.ts';
import { LineIndex, type Range } from '../../../src/diagnostics/position.ts';
import { RustReader } from '../../../src/diagnostics/rust/rustReader.ts';
import { loadRustParser } from '../../../src/rust/rustParser.ts';

let reader: Promise<RustReader> | undefined;

/** The reader of Rust sources, loaded once for all tests. */
export function rustReader(): Promise<RustReader> {
  reader ??= loadRustParser(parserFiles).then((parser) => RustReader.create(parser));
  return reader;
}

/** The folder that made-up crates are in. */
export const crateDir = resolve('/crate');

/** Files by their paths below {@link crateDir}, with `/`; `../` leads to the folders above. */
export type FileTexts = Readonly<Record<string, string>>;

export class MemoryFiles implements Files, WritableFiles {
  readonly texts: Map<string, string>;

  constructor(files: FileTexts) {
    this.texts = new Map(Object.entries(files).map(([path, text]) => [join(crateDir, path), text]));
  }

  read(path: string): Promise<string | undefined> {
    return Promise.resolve(this.texts.get(path));
  }

  exists(path: string): Promise<boolean> {
    return Promise.resolve(
      [...this.texts.keys()].some((each) => each === path || each.startsWith(path + sep)),
    );
  }

  list(folder: string): Promise<string[]> {
    const names = [...this.texts.keys()]
      .filter((path) => path.startsWith(folder + sep))
      .map((path) => path.slice(folder.length + 1).split(sep)[0]!);
    return Promise.resolve([...new Set(names)].sort());
  }

  write(path: string, text: string): Promise<void> {
    this.texts.set(path, text);
    return Promise.resolve();
  }

  move(from: string, to: string): Promise<void> {
    this.texts.set(to, this.texts.get(from)!);
    this.texts.delete(from);
    return Promise.resolve();
  }

  /** As they were given. */
  get relative(): FileTexts {
    const name = (path: string) => relative(crateDir, path).split(sep).join('/');
    return Object.fromEntries([...this.texts].map(([path, text]) => [name(path), text]));
  }
}

export async function readCrate(files: Files, options: CrateOptions = {}): Promise<Crate> {
  const crate = await new CrateReader(files, await rustReader()).read(crateDir, options);
  if (crate === undefined) throw new Error('There is no crate.');
  return crate;
}

/** Everything found in a made-up crate and its configuration. */
export async function check(
  files: FileTexts | MemoryFiles,
  options: CrateOptions = { asked: true },
  settings: RuleSettings = {},
): Promise<Finding[]> {
  const memory = files instanceof MemoryFiles ? files : new MemoryFiles(files);
  const findings = checkCrate(await readCrate(memory, options), settings);
  return [...findings, ...(await checkConfigFiles(crateDir, memory, settings))];
}

export interface Marked {
  readonly files: FileTexts;
  readonly ranges: readonly { readonly file: string; readonly range: Range }[];
}

/** Takes `«` and `»`, between which something is to be found, out of texts. */
export function readMarks(marked: FileTexts): Marked {
  const ranges: { file: string; range: Range }[] = [];
  const files = Object.entries(marked).map(([name, text]) => {
    const plain = text.replace(/[«»]/g, '');
    const lines = new LineIndex(plain);
    let removed = 0;
    let start = 0;
    for (const { 0: mark, index } of text.matchAll(/[«»]/g)) {
      const offset = index - removed++;
      if (mark === '«') start = offset;
      else ranges.push({ file: join(crateDir, name), range: lines.rangeOf(start, offset) });
    }
    return [name, plain];
  });
  return { files: Object.fromEntries(files) as FileTexts, ranges };
}

/** A Cargo.toml with a name, an edition, and what else is given. */
export function manifest(more = '', edition = '2021'): string {
  return `[package]\nname = "app"\nversion = "0.1.0"\nedition = "${edition}"\n${more}`;
}

export const outlayer = '\n[package.metadata.wasi-workbench]\nprofile = "outlayer"\n';
