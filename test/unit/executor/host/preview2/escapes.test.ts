import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assertOutsideUntouched, build, waysOut } from '../escapeTree.ts';
import { scratchFolder } from '../scratch.ts';
import { run } from './programs.ts';

/** What a Rust program tries with a path that leads to the file outside. */
const verbs = ['read', 'look', 'append', 'truncate', 'touch', 'write', 'copy'];

/** What it tries with folders: verb, path, and another path. Its library takes an absolute path for one in `.`. */
const withFolders: readonly string[][] = [
  ...['..', '../', './..', 'deep/../..', 'up', 'up/', 'abs', 'chain/.', 'proc', 'proc/fd', '/etc'].map(
    (path) => ['list', path],
  ),
  ...['..', '../outside', 'up/outside', 'deep/up2/outside', 'abs', 'chain'].flatMap((folder) => [
    ['create', `${folder}/fresh`],
    ['make-folder', `${folder}/fresh/deeper`],
    ['remove-folder', folder === '..' ? '../outside' : `${folder}/../outside`],
    ['remove', `${folder}/secret`],
    ['rename', 'file', `${folder}/fresh`],
    ['rename', `${folder}/secret`, 'stolen'],
    ['link', `${folder}/secret`, 'stolen'],
    ['link', 'file', `${folder}/fresh`],
    ['copy', 'file', `${folder}/fresh`],
    ['look-at-link', `${folder}/secret`],
  ]),
  ['read-link', 'abs'],
  ['read-link', 'toSecret'],
  ['read-link', 'procFd'],
  ['rename', 'deep', '../deep'],
  ['rename', '.', '../moved'],
];

describe('a Rust program for wasm32-wasip2 that tries to get out of its folder', function () {
  // The first run builds the crate.
  this.timeout(300_000);

  it('gets nothing of more than 60 attempts, and changes nothing outside', async () => {
    using scratch = scratchFolder();
    build(scratch);
    const before = readdirSync(scratch.inside);
    const attempts = [
      ...waysOut(scratch).flatMap((path) => verbs.map((verb) => [verb, path, 'stolen'])),
      ...withFolders,
    ].map((words) => words.join('\t'));
    assert.equal(new Set(attempts).size, attempts.length, 'one is there twice');
    assert.ok(attempts.length >= 60, `${attempts.length}`);

    const preopens = [{ hostPath: scratch.inside, guestPath: '.', writable: true }];
    const { report, stdout } = await run('escapes', {
      input: ['read\tfile', ...attempts].join('\n'),
      options: { preopens },
    });
    assert.equal(report.error, null);
    const [own, ...answers] = stdout.trimEnd().split('\n');
    assert.equal(own, 'done mine', 'it can read what is its own');
    const got = attempts.filter((_, index) => answers[index] !== 'refused');
    assert.deepEqual(got, []);
    assert.equal(answers.length, attempts.length);
    assert.deepEqual(readdirSync(scratch.inside), before);
    assert.equal(readFileSync(join(scratch.inside, 'file'), 'utf8'), 'mine');
    assertOutsideUntouched(scratch);
  });
});
