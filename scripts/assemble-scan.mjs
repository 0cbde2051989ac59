// `node scripts/assemble-scan.mjs`: assembles src/fuel/scan.wat into src/fuel/scanCode.ts, which a test holds it to.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import wabt from 'wabt';
import { root } from './lib/places.mjs';

const source = join(root, 'src', 'fuel', 'scan.wat');

/** @returns {Promise<string>} the TypeScript file that holds the assembled code */
export async function scanCodeFile() {
  const assembler = await wabt();
  const { buffer } = assembler.parseWat('scan.wat', readFileSync(source, 'utf8')).toBinary({});
  return `/** src/fuel/scan.wat, assembled by scripts/assemble-scan.mjs. */\nexport const scanCode =\n  '${Buffer.from(buffer).toString('base64')}';\n`;
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(join(root, 'src', 'fuel', 'scanCode.ts'), await scanCodeFile());
}
