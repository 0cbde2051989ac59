import { WorkbenchError } from '../shared/workbenchError.ts';

/** What is said wherever an abort signal ended a build, whichever tool was running. */
export function buildCancelled(): WorkbenchError {
  return new WorkbenchError('build-cancelled', 'The build was cancelled.', {
    hint: 'Build again when ready.',
  });
}

/** A tool that is missing, or there but not to be started; the cause says where it was looked for. */
export function toolNotFound(
  name: 'cargo' | 'rustc' | 'rustup',
  message: string,
  cause: string,
): WorkbenchError {
  return new WorkbenchError(name === 'rustup' ? 'rustup-not-found' : 'cargo-not-found', message, {
    cause,
    hint: 'Install Rust from https://rustup.rs, or give the path of cargo in the settings or the variable CARGO.',
    actions: [
      { kind: 'open-link', url: 'https://rustup.rs' },
      { kind: 'open-settings', setting: 'cargoPath' },
    ],
  });
}
