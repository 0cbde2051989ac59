import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { checkWasm } from '../../../../src/diagnostics/check.ts';
import { WasmDocument } from '../../../../src/diagnostics/documents/wasmDocument.ts';
import type { Finding } from '../../../../src/diagnostics/finding.ts';
import { startOfFile } from '../../../../src/diagnostics/position.ts';
import { crateDir } from '../support.ts';
import { type WasmCase, wasmCases } from './wasmCases.ts';

async function check({ wasm, path = 'app.wasm' }: WasmCase): Promise<Finding[]> {
  const bytes = typeof wasm === 'string' ? await parse(wasm) : wasm;
  return checkWasm(new WasmDocument(join(crateDir, path), bytes));
}

for (const [code, cases] of Object.entries(wasmCases)) {
  describe(`${code} of a binary`, () => {
    for (const [title, given] of Object.entries(cases.found)) {
      it(`finds ${title}`, async () => {
        const found = (await check(given)).filter((finding) => finding.code === code);
        assert.equal(found.length, 1);
        assert.deepEqual(found[0]!.range, startOfFile);
        assert.match(found[0]!.message, given.says ?? /\w/);
        if (given.fixes)
          assert.deepEqual(
            found[0]!.fixes.map((fix) => fix.title),
            given.fixes,
          );
      });
    }
    for (const [title, given] of Object.entries(cases.nearMisses)) {
      it(`lets pass: ${title}`, async () => {
        assert.deepEqual(
          (await check(given)).filter((finding) => finding.code === code),
          [],
        );
      });
    }
  });
}
