import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { errno } from '../../../../../src/executor/host/preview1/errno.ts';
import { executeHere } from '../../executeHere.ts';
import { requestFor } from '../../support.ts';
import { assertOutsideUntouched, build, waysOut } from '../escapeTree.ts';
import { scratchFolder, type Scratch } from '../scratch.ts';
import { type Call, rawModule, result } from './rawModule.ts';

const preopen = 3;
/** The first descriptor that a module opens. */
const opened = 4;
const read = 2n;
const write = 64n;
const [create, directory, exclusive, truncate] = [1, 2, 4, 8];
const newModified = 4;

type Path = string | Uint8Array;
const open = (path: Path, oflags = 0, rights = read, fd = preopen, follow = 1): Call => [
  'path_open',
  fd,
  follow,
  path,
  oflags,
  rights,
  0n,
  0,
  result,
];
const makeLink = (target: string, path = 'mine'): Call => ['path_symlink', target, preopen, path];
const readLink = (path: string): Call => ['path_readlink', preopen, path, 2048, 512, result];
const rename = (from: string, to: string, fd = preopen): Call => ['path_rename', fd, from, preopen, to];
const link = (from: string, to: string, fd = preopen, follow = 0): Call => [
  'path_link',
  fd,
  follow,
  from,
  preopen,
  to,
];
const makeFolder = (path: string): Call => ['path_create_directory', preopen, path];
const removeFolder = (path: string): Call => ['path_remove_directory', preopen, path];
const unlink = (path: string): Call => ['path_unlink_file', preopen, path];
const lookAt = (path: string, follow = 1): Call => ['path_filestat_get', preopen, follow, path, result];
const setTimes = (path: string): Call => ['path_filestat_set_times', preopen, 1, path, 0n, 9n, newModified];

/** One attempt each: calls that prepare it and succeed, and the last, which must not. */
function attempts({ outside, inside }: Scratch): Record<string, readonly Call[]> {
  const bytes = (...all: number[]) => Uint8Array.from(all);
  const secretPath = join(outside, 'secret');
  const deep = open('deep', directory);
  const nested = [open('deep/nested', directory), rename('deep/nested', 'nested')];
  return {
    // Spellings of the way up.
    'the parent': [open('..', directory)],
    'the parent with a slash': [open('../', directory)],
    'the parent after a dot': [open('./..', directory)],
    'the parent after dots and slashes': [open('.//.///..//', directory)],
    'the parent after a folder': [open('deep/../..', directory)],
    'the parent’s dot': [open('../.', directory)],
    'back in by the parent': [open('../inside/file')],
    'up through a file': [open('file/../../outside/secret')],
    'up through what is missing': [open('missing/../../outside/secret')],
    'up a thousand times': [open(`${'../'.repeat(1000)}etc/passwd`)],
    'down and up a thousand times, then out': [open(`${'deep/../'.repeat(1000)}../outside/secret`)],
    'back slashes': [open('..\\outside\\secret')],
    'percent signs': [open('%2e%2e/outside/secret')],
    'wide dots': [open('．．/outside/secret')],
    'three dots': [open('.../outside/secret')],
    'dots with a space': [open('.. /outside/secret')],
    'overlong UTF-8 dots': [open(bytes(0xc0, 0xae, 0xc0, 0xae, 0x2f))],
    'half a letter': [open(bytes(0x2e, 0x2e, 0x2f, 0xc3))],
    'a NUL after the parent': [open('..\0/outside/secret', directory)],
    'a NUL at the end': [open('../outside/secret\0')],
    'a NUL at the start': [open('\0../outside/secret')],
    'a name of 5,000 letters': [open('a'.repeat(5000), create, write)],
    'a path of 40,000 letters': [open(`${'deep/../'.repeat(5000)}..`, directory)],
    'no name': [open('', directory)],
    // From the root.
    'the root': [open('/', directory)],
    'two slashes': [open('//', directory)],
    'the root’s parent': [open('/..', directory)],
    'the preopen by its own path': [open(inside, directory)],
    '/dev/stdin': [open('/dev/stdin')],
    '/dev/fd/3': [open('/dev/fd/3', directory)],
    '/proc/self/cwd': [open('/proc/self/cwd', directory)],
    '/proc/self/environ': [open('/proc/self/environ')],
    'a link to /proc': [open('proc/environ')],
    'a link to /proc, its fd': [open('proc/fd/3/../outside/secret')],
    // Letters of another case: another name on Linux, the same link elsewhere.
    'a link in capitals': [open('ABS/secret')],
    'a link up in capitals': [open('UP/outside/secret')],
    // Links made before.
    'a link to a file, without following': [open('toSecret', 0, read, preopen, 0)],
    'a link with a slash, without following': [open('abs/', directory, read, preopen, 0)],
    'a link looked at with a slash': [lookAt('abs/.')],
    'a link truncated': [open('toSecret', truncate, write)],
    'a link created through': [open('toSecretRelative', create, write)],
    'a link created anew': [open('toSecret', create | exclusive, write)],
    'a link’s times': [setTimes('toSecretRelative')],
    'a link read: absolute': [readLink('abs')],
    'a link read: /proc': [readLink('procFd')],
    'a link read through a link': [readLink('up/inside/up')],
    // Links made during the run.
    'a link made to the root': [makeLink('/')],
    'a link made to a folder outside': [makeLink(outside)],
    'a link made with two slashes': [makeLink('//etc/passwd')],
    'a link made outside': [makeLink('file', '../outside/fresh')],
    'a link made through a link': [makeLink('file', 'abs/fresh')],
    'a link made, then read through': [makeLink('../outside'), open('mine/secret')],
    'a link made to the parent': [makeLink('..'), open('mine/outside/secret')],
    'a link made, then listed': [makeLink('../outside'), open('mine', directory)],
    'a link made, then looked through': [makeLink('../outside/secret'), lookAt('mine')],
    'a link made, then truncated through': [makeLink('../outside/secret'), open('mine', truncate, write)],
    'a link made, then created through': [makeLink('../outside/fresh'), open('mine', create, write)],
    'a link made, a folder made in it': [makeLink('../outside'), makeFolder('mine/fresh')],
    'a link made, a file removed in it': [makeLink('../outside'), unlink('mine/secret')],
    'a link made, a file moved into it': [makeLink('../outside'), rename('file', 'mine/fresh')],
    'a link made, a file moved out of it': [makeLink('../outside'), rename('mine/secret', 'stolen')],
    'a link made, a file linked from it': [makeLink('../outside'), link('mine/secret', 'stolen')],
    'a link made, times set through it': [makeLink('../outside/secret'), setTimes('mine')],
    'a chain of links made': [
      makeLink('../outside/secret', 'first'),
      makeLink('first', 'second'),
      open('second'),
    ],
    'a link made of dots and a folder': [makeLink('deep/../../outside/secret'), open('mine')],
    'a link that leads to itself': [makeLink('mine'), open('mine')],
    'a link moved to where it leads out': [
      makeLink('../x', 'deep/mine'),
      rename('deep/mine', 'mine'),
      open('mine', create, write),
    ],
    'a hard link to a link': [link('toSecretRelative', 'hard'), open('hard')],
    'a hard link through a link': [link('toSecret', 'stolen', preopen, 1)],
    'a file replaced by a link': [unlink('file'), makeLink('../outside/secret', 'file'), open('file')],
    // Hard links and renames across.
    'a hard link from outside': [link('../outside/secret', 'stolen')],
    'a hard link from the root': [link(secretPath, 'stolen')],
    'a hard link to outside': [link('file', '../outside/fresh')],
    'a hard link to a folder': [link('deep', 'stolen')],
    'a file moved out': [rename('file', '../outside/fresh')],
    'a file moved over one outside': [rename('file', '../outside/secret')],
    'a file moved in': [rename('../outside/secret', 'stolen')],
    'a folder moved out': [rename('deep', '../deep')],
    'the parent moved in': [rename('../outside', 'stolen')],
    'the preopen moved': [rename('.', '../moved')],
    'a file moved to the root': [rename('file', join(outside, 'fresh'))],
    // What else a path can do.
    'a folder made outside': [makeFolder('../fresh')],
    'a folder made by an absolute path': [makeFolder(join(outside, 'fresh'))],
    'the parent removed': [removeFolder('..')],
    'a folder outside removed': [removeFolder('../outside')],
    'the preopen removed through itself': [removeFolder('../inside')],
    'a file outside removed': [unlink('../outside/secret')],
    'a file outside removed by an absolute path': [unlink(secretPath)],
    'a file outside, its times': [setTimes('../outside/secret')],
    'whether a file is outside': [lookAt('../outside/secret', 0)],
    // Descriptors.
    'up from a folder inside': [deep, open('../file', 0, read, opened)],
    'out from a folder inside': [deep, open('../../outside/secret', 0, read, opened)],
    'a file above a folder moved': [deep, rename('../file', 'stolen', opened)],
    'a file above a folder linked': [deep, link('../file', 'stolen', opened)],
    'up from a folder that was moved': [...nested, open('../outside/secret', 0, read, opened)],
    'far up from a folder that was moved': [...nested, open('../../outside/secret', 0, read, opened)],
    'a descriptor that is not open': [open('outside/secret', 0, read, 77)],
    'a descriptor below 0': [open('outside/secret', 0, read, -1)],
    'stdin as a folder': [open('outside/secret', 0, read, 0)],
    'a second preopen': [['fd_prestat_get', preopen + 1, result]],
    'a file as a folder': [open('file'), open('../outside/secret', 0, read, opened)],
  };
}

/** Runs a raw module, metered, with the tree's `inside` as its only folder; the errno of each call by name. */
async function outcomes(calls: readonly Call[], scratch: Scratch): Promise<string[]> {
  const preopens = [{ hostPath: scratch.inside, guestPath: '/', writable: true }];
  const { report, output } = await executeHere(requestFor(rawModule(calls), { options: { preopens } }));
  assert.equal(report.error, null);
  const names = Object.entries(errno);
  return calls.map((_, index) => {
    const number = Buffer.from(output).readUInt16LE(2 * index);
    return names.find(([, each]) => each === number)?.[0] ?? String(number);
  });
}

/** What isn't refused as a way out: names that aren't there or can't be, and descriptors that are no folders. */
const otherwise: Readonly<Record<string, keyof typeof errno>> = {
  'up through a file': 'ENOTDIR',
  'up through what is missing': 'ENOENT',
  'back slashes': 'ENOENT',
  'percent signs': 'ENOENT',
  'wide dots': 'ENOENT',
  'three dots': 'ENOENT',
  'dots with a space': 'ENOENT',
  'overlong UTF-8 dots': 'EILSEQ',
  'half a letter': 'EILSEQ',
  'a NUL after the parent': 'EINVAL',
  'a NUL at the end': 'EINVAL',
  'a NUL at the start': 'EINVAL',
  'a name of 5,000 letters': 'ENAMETOOLONG',
  'no name': 'ENOENT',
  'a link in capitals': 'ENOENT',
  'a link up in capitals': 'ENOENT',
  'a link to a file, without following': 'ELOOP',
  'a link created anew': 'EEXIST',
  'a link that leads to itself': 'ELOOP',
  'a hard link through a link': 'EINVAL',
  'a descriptor that is not open': 'EBADF',
  'a descriptor below 0': 'EBADF',
  'stdin as a folder': 'EBADF',
  'a second preopen': 'EBADF',
  'a file as a folder': 'ENOTDIR',
};

describe('preview 1: raw modules that try to get out of a preopen', () => {
  it('are more than 60', () => {
    using scratch = scratchFolder();
    const all = Object.values(attempts(scratch)).map((calls) => JSON.stringify(calls, spelled));
    assert.equal(new Set(all).size, all.length, 'one is there twice');
    assert.ok(all.length >= 60, `${all.length}`);
  });

  for (const name of Object.keys(attempts({ inside: '', outside: '', [Symbol.dispose]: () => undefined }))) {
    it(`get nothing by: ${name}`, async () => {
      using scratch = scratchFolder();
      build(scratch);
      const made = await outcomes(attempts(scratch)[name]!, scratch);
      const last = made.pop()!;
      assert.ok(last === 'EPERM' || last === otherwise[name], last);
      for (const prepared of made) assert.equal(prepared, 'SUCCESS');
      assertOutsideUntouched(scratch);
    });
  }

  it('get nothing by any way out, to read, to write, to create and to look at', async () => {
    using scratch = scratchFolder();
    build(scratch);
    const before = readdirSync(scratch.inside);
    const calls = waysOut(scratch).flatMap((path) => [
      open(path),
      open(path, truncate, write),
      open(path, create, write),
      lookAt(path),
    ]);
    assert.deepEqual(new Set(await outcomes(calls, scratch)), new Set(['EPERM']));
    assert.deepEqual(readdirSync(scratch.inside), before);
    assertOutsideUntouched(scratch);
  });
});

const spelled = (_: string, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value);
