/** A process that adds one to a counter again and again, and says so after each. Arguments: folder, times. */
import { writeSync } from 'node:fs';
import { WorkerDatabase } from '../../../../../src/executor/host/worker/database.ts';
import { storage } from '../../../../../src/executor/host/worker/storage.ts';

const [folder = '', times = '0'] = process.argv.slice(2);
using db = new WorkerDatabase(folder);
const { increment, set } = storage(db, { project: 'a.near/b', account: 'alice.near', wasmHash: 'hash' });
for (let i = 0; i < Number(times); i++) {
  const [count, error] = increment('count', 1n);
  if (error !== '') throw new Error(error);
  set('last', Buffer.from(String(count)));
  writeSync(1, `${count}\n`);
}
