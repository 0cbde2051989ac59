/**
 * Run as a process of its own: puts the directory `folder` and a symlink to `target` in each other's place under one
 * name, as fast as it can, until it is ended. Prints a line once it is at it.
 */
import { renameSync } from 'node:fs';
import { join } from 'node:path';

const [root] = process.argv.slice(2);
if (root === undefined) throw new Error('usage: swapper ROOT');
const [name, folder, link] = ['swapped', 'folder', 'link'].map((last) => join(root, last));

process.stdout.write('swapping\n');
for (;;) {
  renameSync(folder!, name!);
  renameSync(name!, folder!);
  renameSync(link!, name!);
  renameSync(name!, link!);
}
