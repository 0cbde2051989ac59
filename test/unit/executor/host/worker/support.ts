import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WorkerDatabase } from '../../../../../src/executor/host/worker/database.ts';

/** A database in a folder of its own, as users name them. */
export class ScratchDatabase implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'wörk bench '));
  readonly db = new WorkerDatabase(this.folder);

  [Symbol.dispose](): void {
    this.db[Symbol.dispose]();
    rmSync(this.folder, { recursive: true });
  }
}
