import assert from 'node:assert/strict';
import { check, readMarks } from '../support.ts';
import type { CaseTable } from './cases.ts';
import { manifestCases } from './manifestCases.ts';
import { sourceCases } from './sourceCases.ts';

const tables: CaseTable[] = [manifestCases, sourceCases];

for (const [code, cases] of tables.flatMap((table) => Object.entries(table))) {
  describe(code, () => {
    for (const [title, marked] of Object.entries(cases.found)) {
      it(`finds ${title}`, async () => {
        const { files, ranges } = readMarks(marked);
        assert.notEqual(ranges.length, 0);
        const found = (await check(files)).filter((finding) => finding.code === code);
        assert.deepEqual(
          found.map(({ file, range }) => ({ file, range })),
          ranges,
        );
      });
    }
    for (const [title, files] of Object.entries(cases.nearMisses)) {
      it(`lets pass: ${title}`, async () => {
        const found = (await check(files)).filter((finding) => finding.code === code);
        assert.deepEqual(found, []);
      });
    }
  });
}
