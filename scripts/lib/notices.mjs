// The licences of what is bundled: everything that the bundler says it took from node_modules, and the files that
// are copied from there as they are.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const licenceFile = /^(?:licen[cs]e|notice|copying)/i;

/** What a package carries whose own licence it does not hold. */
const carried = [
  {
    title: 'tree-sitter-rust, in @vscode/tree-sitter-wasm',
    licence: 'MIT',
    copyright: 'Copyright (c) 2017 Maxim Sokolov',
    textOf: 'web-tree-sitter',
  },
];

/**
 * @param {string} root
 * @param {Iterable<string>} paths relative to the root, with forward slashes
 * @returns {string} the notices, sorted by the packages' names
 * @throws where a package names no licence, or nothing bundled has its text
 */
export function thirdPartyNotices(root, paths) {
  const folders = new Set([...paths].map(packageFolder).filter((folder) => folder !== null));
  const packages = [...folders].map((folder) => readPackage(root, folder));
  const texts = new Map(packages.map(({ licence, text }) => [text && licence, text]));
  const notices = packages.map(({ name, title, licence, text }) => ({
    name,
    title,
    licence,
    // Some packages have their licence's name only; the text is the same wherever it is no copyright line's.
    text: text || (licence.startsWith('Apache-2.0') && texts.get(licence)),
  }));
  for (const { title, licence, copyright, textOf } of carried) {
    const like = notices.find(({ name }) => name === textOf)?.text;
    const text = like && like.replace(/^Copyright .*$/m, copyright);
    notices.push({ name: title, title, licence, text });
  }
  const lacking = notices.filter(({ licence, text }) => licence === '' || !text);
  if (lacking.length > 0) {
    throw new Error(
      `No licence text of ${lacking.map(({ title }) => title).join(', ')}: add it to ${import.meta.url}`,
    );
  }
  const parts = notices
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ title, licence, text }) => `${title}\nLicence: ${licence}\n\n${text}`);
  const head = 'WASI Workbench contains the following third-party software.';
  return `${[head, ...parts].join(`\n\n${'='.repeat(80)}\n\n`)}\n`;
}

/** The innermost package that a bundled file is of; null for our own. */
function packageFolder(/** @type {string} */ path) {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? null;
}

/**
 * @param {string} root
 * @param {string} folder
 */
function readPackage(root, folder) {
  const path = join(root, folder);
  /** @type {{ name: string, version: string, license?: string }} */
  const { name, version, license = '' } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  const files = readdirSync(path).filter((file) => licenceFile.test(file));
  const text = files
    .map((file) => readFileSync(join(path, file), 'utf8').replaceAll('\r', '').trim())
    .join('\n\n');
  return { name, title: `${name} ${version}`, licence: license.replace(/^\((.*)\)$/, '$1'), text };
}
