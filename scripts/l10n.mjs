// `npm run l10n`: writes package.nls.json and l10n/bundle.l10n.json anew. Texts that were added to package.json get
// a key; a test says when this is to be run.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportBundle, keyTexts } from './lib/l10n.mjs';
import { root } from './lib/places.mjs';

const path = (/** @type {string[]} */ ...parts) => join(root, ...parts);
const read = (/** @type {string} */ file) => JSON.parse(readFileSync(file, 'utf8'));
const write = (/** @type {string} */ file, /** @type {unknown} */ value) =>
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);

const { manifest, texts } = keyTexts(read(path('package.json')), read(path('package.nls.json')));
write(path('package.json'), manifest);
write(path('package.nls.json'), texts);
mkdirSync(path('l10n'), { recursive: true });
write(path('l10n', 'bundle.l10n.json'), exportBundle());
