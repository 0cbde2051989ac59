import { createHash } from 'node:crypto';
import type { PreparedRun } from '../run/prepareRun.ts';

type GuestInput = Pick<PreparedRun, 'input' | 'args' | 'env' | 'preopens' | 'seed'>;

/**
 * A digest of what a guest is given, to tell whether two runs had the same. Of secrets it has the names only: a
 * digest could be tried against guesses.
 */
export function inputDigest(
  { input, args, env, preopens, seed }: GuestInput,
  secretNames: ReadonlySet<string>,
): string {
  const named = env.map(([name, value]) => (secretNames.has(name) ? [name] : [name, value]));
  const rest = JSON.stringify([args, named, preopens, seed]);
  return createHash('sha256').update(rest).update('\0').update(input).digest('base64url');
}
