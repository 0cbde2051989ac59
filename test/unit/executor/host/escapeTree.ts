import assert from 'node:assert/strict';
import { lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Scratch } from './scratch.ts';

export const secret = 'the secret';

/** Paths that lead out, given the preopen's links `up` (to ..), `abs` (absolute), `chain` (to abs) and `deep/up2`. */
export const waysOut = (scratch: Scratch) => [
  '../outside/secret',
  './../outside/secret',
  'deep/../../outside/secret',
  'deep/nested/../../../outside/secret',
  'deep//..//..//outside/secret',
  '../inside/../outside/secret',
  '../../../../../../../../../../etc/passwd',
  join(scratch.outside, 'secret'),
  '/etc/passwd',
  '//etc/passwd',
  '/proc/self/root/etc/passwd',
  'up/outside/secret',
  'up/inside/up/outside/secret',
  'deep/up2/outside/secret',
  'deep/nested/../up2/outside/secret',
  'abs/secret',
  'abs/../outside/secret',
  'chain/secret',
  'toSecret',
  'toSecretRelative',
  'chainToSecret',
  'proc/root/etc/passwd',
  'procFd',
];

/** Builds the tree; nothing in it is a guest's doing. */
export function build({ inside, outside }: Scratch): void {
  writeFileSync(join(outside, 'secret'), secret);
  mkdirSync(join(inside, 'deep/nested'), { recursive: true });
  writeFileSync(join(inside, 'file'), 'mine');
  symlinkSync('..', join(inside, 'up'));
  symlinkSync('../..', join(inside, 'deep/up2'));
  symlinkSync(outside, join(inside, 'abs'));
  symlinkSync('abs', join(inside, 'chain'));
  symlinkSync(join(outside, 'secret'), join(inside, 'toSecret'));
  symlinkSync('../outside/secret', join(inside, 'toSecretRelative'));
  symlinkSync('toSecret', join(inside, 'chainToSecret'));
  symlinkSync('/proc/self', join(inside, 'proc'));
  symlinkSync('/proc/self/fd/0', join(inside, 'procFd'));
}

/** Fails where anything outside was added, removed, changed or linked, or had its times set. */
export function assertOutsideUntouched({ inside, outside }: Scratch): void {
  assert.deepEqual(readdirSync(join(outside, '..')).sort(), ['inside', 'outside']);
  assert.deepEqual(readdirSync(outside), ['secret']);
  const file = join(outside, 'secret');
  assert.equal(readFileSync(file, 'utf8'), secret);
  const { nlink, mtimeMs } = lstatSync(file);
  assert.equal(nlink, 1);
  assert.ok(mtimeMs > 1e12, 'its time was set');
  assert.equal(readdirSync(inside).includes('stolen'), false);
}
