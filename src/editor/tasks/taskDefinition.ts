import { isAbsolute, resolve } from 'node:path';
import type { RunnableName } from '../../compiler/buildRequest.ts';
import { checkTarget } from '../../compiler/targets.ts';
import type { Target } from '../../shared/target.ts';
import { WorkbenchError } from '../../shared/workbenchError.ts';
import type { BuildPlan } from '../run/plan.ts';

export const taskType = 'wasi';

/** A task of type `wasi` as it stands in tasks.json; package.json declares the same properties. */
export interface WasiTaskDefinition {
  readonly type: typeof taskType;
  /** The crate's folder, relative to the workspace folder. */
  readonly crate: string;
  readonly bin?: string;
  readonly example?: string;
  /** The setting's where left out, and so the profile. */
  readonly target?: string;
  readonly profile?: string;
  readonly optimise?: boolean;
}

/** What a task builds: a plan, and cargo's profile where the task names one. */
export interface TaskBuild {
  readonly plan: BuildPlan;
  readonly profile: string | null;
}

/**
 * Reads a definition, in which a person may have written anything.
 *
 * @throws WorkbenchError `usage`, `unknown-target`
 */
export function taskBuild(definition: Readonly<Record<string, unknown>>, folder: string): TaskBuild {
  const text = (key: keyof WasiTaskDefinition): string | null => {
    const value = definition[key];
    if (value === undefined) return null;
    if (typeof value === 'string' && value !== '') return value;
    throw wrongProperty(key, 'text');
  };
  const crate = text('crate') ?? '.';
  const optimise = definition['optimise'] ?? false;
  if (typeof optimise !== 'boolean') throw wrongProperty('optimise', 'true or false');
  return {
    plan: {
      crateDir: isAbsolute(crate) ? crate : resolve(folder, crate),
      runnable: runnableOf(text('bin'), text('example')),
      target: targetOf(text('target')),
      optimise,
    },
    profile: text('profile'),
  };
}

function runnableOf(bin: string | null, example: string | null): RunnableName | null {
  if (bin !== null && example !== null) {
    throw new WorkbenchError('usage', 'The task names both “bin” and “example”.', {
      hint: 'Keep one of them in tasks.json.',
    });
  }
  if (bin !== null) return { kind: 'bin', name: bin, package: null };
  return example === null ? null : { kind: 'example', name: example, package: null };
}

function targetOf(name: string | null): Target | null {
  if (name === null) return null;
  checkTarget(name);
  return name;
}

function wrongProperty(key: string, expected: string): WorkbenchError {
  return new WorkbenchError('usage', `“${key}” of the task has to be ${expected}.`, {
    hint: 'Mend it in tasks.json, where completion shows what each property takes.',
  });
}
