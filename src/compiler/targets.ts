import { formatOfTarget, validTargets } from '../executor/formats.ts';
import type { Target } from '../shared/target.ts';
import { WorkbenchError } from '../shared/workbenchError.ts';
import type { Rustc } from './toolchain.ts';

/** The name for cargo, and whether what it makes has to be adapted into a component. */
export interface CargoTarget {
  readonly name: string;
  readonly adapt: boolean;
  /** False where its standard library is missing: the build could only fail. */
  readonly installed: boolean;
}

/** Refuses by name what is no target of ours. */
export function checkTarget(name: string): asserts name is Target {
  if (formatOfTarget(name)) return;
  throw new WorkbenchError('unknown-target', `${name} is not a target that can be built here.`, {
    hint: `Choose one of ${validTargets.join(', ')}.`,
    actions: validTargets.map((target) => ({ kind: 'build-for-target', target })),
  });
}

/**
 * What to give cargo for a target. Of a format's names it is one that this rustc knows and has installed:
 * `wasm32-wasi` became `wasm32-wasip1` in 1.78 and went in 1.84. A missing wasip2 can be made from wasip1.
 */
export function cargoTarget(target: Target, rustc: Rustc, mayAdapt: boolean): CargoTarget {
  const installed = installedName(target, rustc);
  if (installed !== undefined) return { name: installed, adapt: false, installed: true };
  const p1 = target === 'wasm32-wasip2' && mayAdapt ? installedName('wasm32-wasip1', rustc) : undefined;
  if (p1 !== undefined) return { name: p1, adapt: true, installed: true };
  const known = namesOf(target).find((name) => rustc.knownTargets.includes(name));
  if (known !== undefined) return { name: known, adapt: false, installed: false };
  throw new WorkbenchError('unknown-target', `The installed rustc does not know the target ${target}.`, {
    cause: `rustc's sysroot is ${rustc.sysroot}`,
    hint: 'Update it with: rustup update',
  });
}

function installedName(target: Target, { knownTargets, installedTargets }: Rustc): string | undefined {
  return namesOf(target).find((name) => knownTargets.includes(name) && installedTargets.includes(name));
}

/** All names of the target's format, the one to build for first. */
function namesOf(target: Target): readonly string[] {
  return formatOfTarget(target)?.targets ?? [target];
}
