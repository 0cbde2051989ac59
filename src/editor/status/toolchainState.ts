import type { Toolchain } from '../../compiler/toolchain.ts';
import { formats } from '../../executor/formats.ts';
import type { Target } from '../../shared/target.ts';

/** Whether a crate's toolchain can build it for WebAssembly. */
export interface ToolchainState {
  /** Such as `1.95.0`. */
  readonly rustVersion: string;
  /** What the crate is built for, and whether its standard library is there. */
  readonly target: Target;
  readonly isInstalled: boolean;
  /** The other targets that a build could be for and that are missing. */
  readonly othersMissing: readonly Target[];
}

export function toolchainState(
  { rustcVersion, installedTargets }: Toolchain,
  target: Target,
): ToolchainState {
  const isInstalled = (targets: readonly string[]) => targets.some((name) => installedTargets.includes(name));
  const missing = formats.filter(({ targets }) => !isInstalled(targets)).map(({ targets: [first] }) => first);
  const format = formats.find(({ targets }) => targets.includes(target));
  return {
    rustVersion: /\d+\.\d+\.\d+\S*/.exec(rustcVersion)?.[0] ?? rustcVersion,
    target,
    isInstalled: isInstalled(format?.targets ?? [target]),
    othersMissing: missing.filter((name) => !format?.targets.includes(name)),
  };
}
