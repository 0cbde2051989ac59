import * as vscode from 'vscode';
import { byteSize } from '../../shared/text.ts';
import type { Target } from '../../shared/target.ts';
import { runSettings } from '../configuration.ts';
import { reportingErrors } from '../showError.ts';
import type { Workbench } from '../workbench.ts';
import type { ChosenProgram } from './plan.ts';
import { planOf, startRun } from './startRun.ts';

/** Builds a program, with its progress shown, and says how large it became; its message offers to run it. */
export async function buildProgram(
  workbench: Workbench,
  program: ChosenProgram,
  target: Target,
): Promise<void> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Building {0} for {1}', program.runnable.name, target),
    cancellable: true,
  };
  const built = await vscode.window.withProgress(options, (progress, token) => {
    const cancel = new AbortController();
    token.onCancellationRequested(() => cancel.abort());
    return workbench.builder.build(
      { ...program, target },
      runSettings(program.crateDir),
      {
        onProgress: ({ done, total, crate }) => {
          const count = total === null ? `${done}` : vscode.l10n.t('{0} of {1}', done, total);
          progress.report({ message: `${crate ?? ''} (${count})` });
        },
      },
      cancel.signal,
    );
  });
  const seconds = (built.buildMs / 1000).toFixed(1);
  const size = byteSize(built.wasm.length);
  const text = vscode.l10n.t(
    'Built {0} for {1} in {2} s: {3}.',
    program.runnable.name,
    target,
    seconds,
    size,
  );
  const run = vscode.l10n.t('Run');
  // Not awaited: the command is done, whatever becomes of the message.
  void reportingErrors(workbench.log, async () => {
    const chosen = await vscode.window.showInformationMessage([text, ...built.notes].join(' '), run);
    if (chosen === run) await startRun(workbench, { ...(await planOf(workbench, program)), target });
  });
}
