import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { thirdPartyNotices } from '../../../scripts/lib/notices.mjs';
import { writeFiles } from '../../writeFiles.ts';

describe('thirdPartyNotices', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'notices '));
    addPackage('web-tree-sitter', 'MIT', 'Copyright (c) 2018 Somebody\n\nPermission is granted.');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  function addPackage(name: string, license: string, text: string | null): void {
    writeFiles(join(root, 'node_modules', name), {
      'package.json': JSON.stringify({ name, version: '1.2.3', license }),
      ...(text === null ? {} : { LICENSE: text }),
    });
  }

  const grammar = 'node_modules/web-tree-sitter/web-tree-sitter.wasm';

  it('has each package once, with its version, licence and text, and not ourselves', () => {
    addPackage('@scope/inner', '(BSD-3-Clause)', 'Redistribution is permitted.');
    const paths = [
      'src/cli/main.ts',
      grammar,
      'node_modules/@scope/inner/a.js',
      'node_modules/@scope/inner/b/c.js',
    ];
    const titles = thirdPartyNotices(root, paths).match(/^.*\nLicence: .*$/gm);
    assert.deepEqual(titles, [
      '@scope/inner 1.2.3\nLicence: BSD-3-Clause',
      'tree-sitter-rust, in @vscode/tree-sitter-wasm\nLicence: MIT',
      'web-tree-sitter 1.2.3\nLicence: MIT',
    ]);
  });

  it("names a carried part's own copyright", () => {
    assert.match(
      thirdPartyNotices(root, [grammar]),
      /Copyright \(c\) 2017 Maxim Sokolov\n\nPermission is granted/,
    );
  });

  it('takes the text of the same Apache licence where a package has only its name', () => {
    addPackage('with', 'Apache-2.0 WITH LLVM-exception', 'Apache License, with exceptions');
    addPackage('without', '(Apache-2.0 WITH LLVM-exception)', null);
    const notices = thirdPartyNotices(root, [grammar, 'node_modules/with/a.js', 'node_modules/without/a.js']);
    assert.match(
      notices,
      /without 1\.2\.3\nLicence: Apache-2\.0 WITH LLVM-exception\n\nApache License, with exceptions/,
    );
  });

  it('refuses to leave out a text', () => {
    addPackage('silent', 'ISC', null);
    assert.throws(() => thirdPartyNotices(root, [grammar, 'node_modules/silent/a.js']), /silent 1\.2\.3/);
  });
});
