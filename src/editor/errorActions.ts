import type { Command } from 'vscode';
import type { ErrorAction } from '../shared/workbenchError.ts';
import { commands } from './manifest/commands.ts';
import { section, settings } from './manifest/settings.ts';

/** The button for an error's next step: what it says, and the command it calls. */
export function commandOfAction(action: ErrorAction): Command {
  switch (action.kind) {
    case 'install-target':
      return {
        title: `Install ${action.target}`,
        command: commands.installTarget.id,
        arguments: [action.target, action.toolchain],
      };
    case 'build-for-target':
      return {
        title: `Run for ${action.target}`,
        command: commands.runForTarget.id,
        arguments: [action.target],
      };
    case 'raise-limit':
      return { title: 'Raise Limit…', ...openSettings(settings[action.limit].key) };
    case 'choose-binary':
      return { title: 'Choose Program…', command: commands.chooseProgram.id };
    case 'open-settings':
      return { title: 'Open Settings', ...openSettings(action.setting) };
    case 'open-link':
      return { title: 'Open Documentation', command: 'vscode.open', arguments: [action.url] };
    case 'open-source':
      return { title: 'Show Hottest Line', command: commands.applyFixAction.id, arguments: [action] };
    case 'run-with-input':
      return { title: 'Run with Input…', command: commands.runWithInput.id };
    case 'profile':
      return { title: 'Profile', command: commands.runProfiled.id };
    case 'line-tables':
      return { title: 'Show Backtrace with Lines', command: commands.runWithLines.id };
    case 'show-source':
      return { title: 'Show Problems', command: 'workbench.actions.view.problems' };
    case 'show-log':
      return { title: 'Show Log', command: commands.showLog.id };
  }
}

function openSettings(setting: string): Omit<Command, 'title'> {
  const id = setting.startsWith(`${section}.`) ? setting : `${section}.${setting}`;
  return { command: 'workbench.action.openSettings', arguments: [`@id:${id}`] };
}
