import { actionFix, type Fix, type FixAction } from '../fix.ts';

const limits = {
  maxInstructions: 'instruction',
  maxMemoryMb: 'memory',
  maxExecutionSeconds: 'time',
} as const;

/** What can be done about an error, as fixes; what only shows something is left to the error's own view. */
export function fixesOfActions(actions: readonly FixAction[]): Fix[] {
  return actions.flatMap((action) => {
    const title = titleOf(action);
    return title === null ? [] : [actionFix(title, action)];
  });
}

function titleOf(action: FixAction): string | null {
  switch (action.kind) {
    case 'install-target':
      return `Install the target ${action.target}`;
    case 'build-for-target':
      return `Build and run for ${action.target}`;
    case 'raise-limit':
      return `Raise the ${limits[action.limit]} limit`;
    case 'choose-binary':
      return 'Choose the program to run';
    case 'open-settings':
      return `Open the setting ${action.setting}`;
    case 'adapt-module':
      return 'Adapt this module into a component';
    case 'set-environment':
      return `Set ${action.name} for runs`;
    case 'add-preopen':
      return `Give runs a folder as ${action.guestPath}`;
    case 'run-with-input':
      return 'Run it with an input';
    case 'profile':
      return 'Run it again and profile it';
    case 'line-tables':
      return 'Build it with line tables and run it again';
    case 'open-source':
    case 'open-link':
    case 'show-source':
    case 'show-log':
      return null;
  }
}
