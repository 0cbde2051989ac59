import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { isRunId } from '../../shared/panelMessages.ts';
import { streams, type StreamName } from '../../shared/panelStream.ts';
import type { Profile } from '../../shared/profile.ts';
import { isRecord } from '../../shared/shapes.ts';
import type { StoredRun } from './retention.ts';
import { recordVersion, type RunRecord } from './runRecord.ts';

/** Bytes of a stream that are kept at most. A program may write more: then its start is. */
export const keptStreamBytes = 32 * 1024 * 1024;

const recordFile = 'run.json';
const profileFile = 'profile.json.gz';

/** Runs on the disk: a folder each, with the record and, beside it, what is read only when someone looks at it. */
export class RunStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Every whole run, the newest first. What can't be read, or is of another version, is deleted. */
  async all(): Promise<StoredRun[]> {
    const names = await readdir(this.#folder).catch(() => []);
    const runs = await Promise.all(
      names.map(async (name) => {
        const run = await this.#stored(name).catch(() => null);
        if (run === null) await this.remove(name);
        return run;
      }),
    );
    return runs.filter((run) => run !== null).sort((a, b) => b.record.run.startedAt - a.record.run.startedAt);
  }

  /** @returns the bytes that it takes */
  async add(
    record: RunRecord,
    contents: Readonly<Record<StreamName, Uint8Array>>,
    profile: Profile | null,
  ): Promise<number> {
    // Made aside and moved, so that one that is interrupted is never read.
    const aside = join(this.#folder, `${record.run.id}.new`);
    await mkdir(aside, { recursive: true });
    for (const name of streams) await writeFile(join(aside, name), contents[name]);
    if (profile) await writeFile(join(aside, profileFile), await promisify(gzip)(JSON.stringify(profile)));
    await writeFile(join(aside, recordFile), JSON.stringify(record));
    await rename(aside, join(this.#folder, record.run.id));
    return sizeOf(join(this.#folder, record.run.id));
  }

  /** Writes a record again whose streams stay as they are. */
  async update(record: RunRecord): Promise<void> {
    const path = join(this.#folder, record.run.id, recordFile);
    await writeFile(`${path}.new`, JSON.stringify(record));
    await rename(`${path}.new`, path);
  }

  async remove(id: string): Promise<void> {
    await rm(join(this.#folder, id), { recursive: true, force: true });
  }

  /** Empty for a run that is gone. */
  async stream(id: string, name: StreamName): Promise<Uint8Array> {
    return readFile(join(this.#folder, id, name)).catch(() => new Uint8Array());
  }

  async profile(id: string): Promise<Profile | null> {
    const packed = await readFile(join(this.#folder, id, profileFile)).catch(() => null);
    if (packed === null) return null;
    return JSON.parse((await promisify(gunzip)(packed)).toString()) as Profile;
  }

  async #stored(name: string): Promise<StoredRun | null> {
    const folder = join(this.#folder, name);
    const record: unknown = JSON.parse(await readFile(join(folder, recordFile), 'utf8'));
    const whole =
      isRunId(name) && isRecord(record) && record['version'] === recordVersion && isRecord(record['run']);
    return whole ? { record: record as unknown as RunRecord, bytes: await sizeOf(folder) } : null;
  }
}

async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder);
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
