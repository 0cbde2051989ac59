import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root, vsixPath } from '../../scripts/lib/places.mjs';
import { vsixFiles } from './vsixFiles.ts';

const mostBytes = 8 * 1024 * 1024;

describe('the .vsix', () => {
  let files: string[];
  before(async () => (files = await vsixFiles(vsixPath)));

  it('is under 8 MB', () => {
    assert.ok(statSync(vsixPath).size < mostBytes);
  });

  it('holds what the extension needs', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { main: string };
    const main = manifest.main.replace('./', '');
    for (const file of [
      'package.json',
      'package.nls.json',
      'l10n/bundle.l10n.json',
      'readme.md',
      'changelog.md',
      'LICENSE.txt',
      main,
      'dist/cli.js',
      'dist/executor.js',
      'dist/server.js',
      'dist/THIRD_PARTY_NOTICES.txt',
      'dist/webview/panel.js',
      'dist/webview/panel.css',
      'schemas/inputs.schema.json',
      'wit/near-storage.wit',
      'docs/fuel.md',
      'docs/adding-a-target.md',
      'docs/diagnostics/missing-start.md',
    ]) {
      assert.ok(files.includes(`extension/${file}`), `${file} is missing`);
    }
  });

  it('holds nothing else', () => {
    const allowed =
      /^(?:\[Content_Types\]\.xml|extension\.vsixmanifest|extension\/(?:package(?:\.nls)?\.json|l10n\/[\w.]+\.json|readme\.md|changelog\.md|LICENSE\.txt|dist\/.+|media\/(?!screenshots\/).+|syntaxes\/.+|schemas\/.+|wit\/[\w-]+\.wit|docs\/(?:diagnostics\/)?[\w-]+\.md))$/;
    assert.deepEqual(
      files.filter((file) => !allowed.test(file) || file.endsWith('.map')),
      [],
    );
  });
});
