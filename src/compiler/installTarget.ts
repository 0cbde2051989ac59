import { homedir } from 'node:os';
import { WorkbenchError } from '../shared/workbenchError.ts';
import { buildCancelled } from './errors.ts';
import { recognise } from './knownFailures.ts';
import { runTool } from './runTool.ts';
import type { RustTools } from './rustTools.ts';

export interface InstallEvents {
  readonly onLine?: (line: string) => void;
}

/** `rustup target add`; a toolchain of null is rustup's active one. */
export async function installTarget(
  tools: RustTools,
  target: string,
  toolchain: string | null,
  events: InstallEvents = {},
  signal?: AbortSignal,
): Promise<void> {
  const stderr: string[] = [];
  const exit = await runTool({
    command: tools.path('rustup'),
    args: ['target', 'add', target, ...(toolchain === null ? [] : ['--toolchain', toolchain])],
    cwd: homedir(),
    env: { ...tools.env },
    signal,
    onStderrLine: (line) => {
      stderr.push(line);
      events.onLine?.(line);
    },
  });
  if (exit.ended === 'exited' && exit.code === 0) return;
  if (exit.ended === 'aborted') throw buildCancelled();
  const cause = [...stderr, exit.error].join('\n').trim();
  throw new WorkbenchError('target-not-installed', `rustup could not install the target ${target}.`, {
    cause,
    hint: 'Mend what the cause names, most often the network, and try again.',
    ...recognise(cause),
  });
}
