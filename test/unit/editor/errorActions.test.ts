import assert from 'node:assert/strict';
import { commandOfAction } from '../../../src/editor/errorActions.ts';
import { commands } from '../../../src/editor/manifest/commands.ts';
import { settings } from '../../../src/editor/manifest/settings.ts';
import type { ErrorAction } from '../../../src/shared/workbenchError.ts';

describe('commandOfAction', () => {
  const actions: [action: ErrorAction, command: string, given: unknown[]][] = [
    [
      { kind: 'install-target', target: 'wasm32-wasip2', toolchain: 'stable' },
      commands.installTarget.id,
      ['wasm32-wasip2', 'stable'],
    ],
    [{ kind: 'build-for-target', target: 'wasm32-wasip1' }, commands.runForTarget.id, ['wasm32-wasip1']],
    [
      { kind: 'raise-limit', limit: 'maxMemoryMb' },
      'workbench.action.openSettings',
      [`@id:${settings.maxMemoryMb.key}`],
    ],
    [{ kind: 'choose-binary', names: ['a', 'b'] }, commands.chooseProgram.id, []],
    [
      { kind: 'open-settings', setting: 'cargoPath' },
      'workbench.action.openSettings',
      [`@id:${settings.cargoPath.key}`],
    ],
    [
      { kind: 'open-settings', setting: settings.cargoPath.key },
      'workbench.action.openSettings',
      [`@id:${settings.cargoPath.key}`],
    ],
    [{ kind: 'open-link', url: 'https://rustup.rs' }, 'vscode.open', ['https://rustup.rs']],
    [
      { kind: 'open-source', file: 'src/main.rs', line: 3 },
      commands.applyFixAction.id,
      [{ kind: 'open-source', file: 'src/main.rs', line: 3 }],
    ],
    [{ kind: 'run-with-input' }, commands.runWithInput.id, []],
    [{ kind: 'profile' }, commands.runProfiled.id, []],
    [{ kind: 'line-tables' }, commands.runWithLines.id, []],
    [{ kind: 'show-source', file: 'src/main.rs', line: 4, column: 1 }, 'workbench.actions.view.problems', []],
    [{ kind: 'show-log' }, commands.showLog.id, []],
  ];
  for (const [action, command, given] of actions) {
    it(`maps ${JSON.stringify(action)}`, () => {
      const mapped = commandOfAction(action);
      assert.equal(mapped.command, command);
      assert.deepEqual(mapped.arguments ?? [], given);
      assert.ok(mapped.title.length > 0);
    });
  }
});
