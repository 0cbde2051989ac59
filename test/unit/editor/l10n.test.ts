import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  editorSources,
  exportBundle,
  keyTexts,
  messagesOf,
  untranslated,
} from '../../../scripts/lib/l10n.mjs';

const json = (path: string) =>
  JSON.parse(readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')) as Record<string, string>;
const remedy = 'run “npm run l10n”';

describe('translation', () => {
  it('has every text of package.json in package.nls.json', () => {
    const manifest = json('package.json');
    const known = json('package.nls.json');
    const { manifest: keyed, texts } = keyTexts(manifest, known);
    assert.deepEqual(keyed, manifest, remedy);
    assert.deepEqual(texts, known, remedy);
    const used = JSON.stringify(manifest).matchAll(/%([^%"]+)%/g);
    assert.deepEqual(new Set([...used].map(([, key]) => key!)), new Set(Object.keys(known)));
    for (const [key, text] of Object.entries(known)) assert.notEqual(text, '', key);
  });

  it('has every message of the editor room in its bundle', () => {
    assert.deepEqual(json('l10n/bundle.l10n.json'), exportBundle(), remedy);
  });

  for (const { path, source } of editorSources()) {
    it(`shows nothing from ${path} that can’t be translated`, () =>
      assert.deepEqual(untranslated(source), [], 'hand it to vscode.l10n.t'));
  }

  it('sees what is shown, and what is not', () => {
    const shown = [
      'vscode.window.showErrorMessage(`It ${failed}.`)',
      "pick({ placeHolder: all ? 'All of it' : vscode.l10n.t('Some') })",
      "item.tooltip = 'A text';",
      'pick({ label: `$(play) Run` })',
    ];
    assert.deepEqual(
      shown.map((source) => untranslated(source).length),
      [1, 1, 1, 1],
    );
    const others = [
      "vscode.window.showErrorMessage(vscode.l10n.t('It failed.'))",
      "pick({ label: `$(play) ${vscode.l10n.t('Run')}`, kind: 'a kind' })",
      "pick({ label: name === 'the default' ? name : '' })",
    ];
    assert.deepEqual(others.flatMap(untranslated), []);
    assert.deepEqual(messagesOf("a(vscode.l10n.t('One {0}', 1)); l10n.t(`Two`); t('Three')"), [
      'One {0}',
      'Two',
    ]);
  });
});
