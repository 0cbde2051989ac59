import assert from 'node:assert/strict';
import type { Finding } from '../../../src/diagnostics/finding.ts';
import { actionFix, editFix, type Fix } from '../../../src/diagnostics/fix.ts';
import { fixAll } from '../../../src/server/fixAll.ts';

const file = '/a/src/main.rs';
const edit = (line: number, from: number, to: number) => ({
  range: { start: { line, character: from }, end: { line, character: to } },
  newText: '',
});
const finding = (...fixes: Fix[]): Finding => ({
  code: 'wasi/args',
  severity: 'warning',
  file,
  range: edit(0, 0, 0).range,
  message: '',
  fixes,
  error: null,
});
const safe = (...edits: ReturnType<typeof edit>[]) => finding(editFix('mend', file, edits, true));
const edits = (fix: Fix | null) =>
  fix!.changes.flatMap((change) => (change.kind === 'edit' ? change.edits : []));

describe('fixing all of a file', () => {
  it('takes the first safe fix of each finding, all in one change', () => {
    const unsafe = editFix('rewrite', file, [edit(9, 0, 1)]);
    const mixed = finding(unsafe, editFix('mend', file, [edit(2, 0, 1)], true));
    const fix = fixAll([safe(edit(1, 0, 1)), mixed], 'all');
    assert.deepEqual(edits(fix), [edit(1, 0, 1), edit(2, 0, 1)]);
    assert.equal(fix!.changes.length, 1);
  });

  it('leaves a fix for the next time where it overlaps one that is taken', () => {
    const fix = fixAll([safe(edit(1, 0, 5)), safe(edit(1, 3, 8)), safe(edit(1, 5, 8))], 'all');
    assert.deepEqual(edits(fix), [edit(1, 0, 5), edit(1, 5, 8)]);
  });

  it('is nothing where no fix is safe, or reaches into other files, or there are fewer than asked for', () => {
    const elsewhere = finding(editFix('mend', '/a/Cargo.toml', [edit(1, 0, 1)], true));
    const action = finding(actionFix('raise', { kind: 'raise-limit', limit: 'maxInstructions' }));
    assert.equal(fixAll([elsewhere, action, finding()], 'all'), null);
    assert.equal(fixAll([safe(edit(1, 0, 1))], 'all', 2), null);
  });
});
