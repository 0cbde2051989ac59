import assert from 'node:assert/strict';
import { actionFix, editFix } from '../../../src/diagnostics/fix.ts';
import { commandOfFix } from '../../../src/server/fixCommand.ts';

describe('commandOfFix', () => {
  it('is a fix’s action', () => {
    const action = { kind: 'profile' } as const;
    assert.deepEqual(commandOfFix(actionFix('Profile', action))?.arguments, [action]);
  });

  it('shows a source that the fix made, or moved', () => {
    const edits = editFix('Make it a program', '/app/Cargo.toml', []);
    assert.equal(commandOfFix(edits), null);
    for (const made of [
      { kind: 'create', file: '/app/src/main.rs', text: '' },
      { kind: 'move', from: '/app/src/lib.rs', to: '/app/src/main.rs' },
    ] as const) {
      const found = commandOfFix({ ...edits, changes: [...edits.changes, made] });
      assert.deepEqual(found?.arguments, [{ kind: 'open-source', file: '/app/src/main.rs', line: 1 }]);
    }
    const config = { kind: 'create', file: '/app/.cargo/config.toml', text: '' } as const;
    assert.equal(commandOfFix({ ...edits, changes: [config] }), null);
  });
});
