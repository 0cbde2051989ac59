import type { WorkerDatabase } from './database.ts';

/** Whose entries a run works on. */
export interface StorageOwner {
  /** `owner/name`. */
  readonly project: string;
  /** The account that asked for the run. */
  readonly account: string;
  /** SHA-256 of the program in hex: which version wrote an entry. */
  readonly wasmHash: string;
}

/** Who owns what a project keeps for itself, whoever asked for the run. */
const workerAccount = '@worker';

const [lowest, highest] = [-(2n ** 63n), 2n ** 63n - 1n];

/**
 * `near:storage/api@0.1.0`: entries by key, for each project and account apart. Reads and writes of several processes
 * come one after the other, so counters lose nothing. What fails is the text in a function's last place.
 */
export function storage(db: WorkerDatabase, { project, account, wasmHash }: StorageOwner) {
  /** The value of an entry that meets a further condition; undefined where there is none. */
  const findIn = (of: string, owner: string, key: string, condition = '1', ...values: string[]) =>
    db.get(
      `SELECT value FROM entries WHERE project = ? AND account = ? AND key = ? AND ${condition}`,
      of,
      owner,
      key,
      ...values,
    )?.['value'] as Uint8Array | undefined;
  const find = (owner: string, key: string) => findIn(project, owner, key);

  const put = (owner: string, key: string, value: Uint8Array, isPublic = false) =>
    db.run(
      `INSERT INTO entries (project, account, key, value, wasm_hash, public, updated_ms) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET value = excluded.value, wasm_hash = excluded.wasm_hash, public = excluded.public,
       updated_ms = excluded.updated_ms`,
      project,
      owner,
      key,
      value,
      wasmHash,
      Number(isPublic),
      Date.now(),
    );

  function add(key: string, delta: bigint): bigint {
    return db.transaction(() => {
      const before = find(account, key);
      if (before !== undefined && before.length !== 8) {
        throw new Error(`increment: invalid value format, expected 8 bytes (i64), got ${before.length}`);
      }
      const sum = (before === undefined ? 0n : viewOf(before).getBigInt64(0, true)) + delta;
      if (sum < lowest || sum > highest) throw new Error('increment: overflow');
      const after = new Uint8Array(8);
      viewOf(after).setBigInt64(0, sum, true);
      put(account, key, after);
      return sum;
    });
  }

  return {
    set: (key: string, value: Uint8Array): string => errorOf(() => put(account, key, value)),

    get: (key: string): [Uint8Array, string] => attempt(none, () => find(account, key) ?? none),

    has: (key: string): boolean => attempt(false, () => find(account, key) !== undefined)[0],

    delete: (key: string): boolean =>
      attempt(
        false,
        () =>
          db.run('DELETE FROM entries WHERE project = ? AND account = ? AND key = ?', project, account, key) >
          0,
      )[0],

    listKeys: (prefix: string): [string, string] =>
      attempt('[]', () => {
        const rows = db.all(
          'SELECT key FROM entries WHERE project = ? AND account = ? ORDER BY key',
          project,
          account,
        );
        return JSON.stringify(rows.map((row) => String(row['key'])).filter((key) => key.startsWith(prefix)));
      }),

    setIfAbsent: (key: string, value: Uint8Array): [boolean, string] =>
      attempt(false, () =>
        db.transaction(() => find(account, key) === undefined && put(account, key, value) > 0),
      ),

    /** Where the value is another one, that comes back. */
    setIfEquals: (key: string, expected: Uint8Array, value: Uint8Array): [boolean, Uint8Array, string] => {
      const [[done, current], error] = attempt([false, none] as const, () =>
        db.transaction(() => {
          const before = find(account, key);
          if (before === undefined || Buffer.compare(before, expected) !== 0) {
            return [false, before ?? none] as const;
          }
          put(account, key, value);
          return [true, none] as const;
        }),
      );
      return [done, current, error];
    },

    increment: (key: string, delta: bigint): [bigint, string] => attempt(0n, () => add(key, delta)),

    decrement: (key: string, delta: bigint): [bigint, string] => attempt(0n, () => add(key, -delta)),

    /** Entries of the project itself. Those that are not encrypted on the worker can be read by other projects. */
    setWorker: (key: string, value: Uint8Array, encrypted: boolean | undefined): string =>
      errorOf(() => put(workerAccount, key, value, encrypted === false)),

    getWorker: (key: string, other: string | undefined): [Uint8Array, string] =>
      attempt(none, () => {
        if (other === undefined || other === project) return find(workerAccount, key) ?? none;
        return findIn(other, workerAccount, key, 'public = 1') ?? none;
      }),

    /** What was written last by that version of the program, if no other one has written it since. */
    getByVersion: (key: string, hash: string): [Uint8Array, string] =>
      attempt(none, () => findIn(project, account, key, 'wasm_hash = ?', hash) ?? none),

    clearAll: (): string =>
      errorOf(() => db.run('DELETE FROM entries WHERE project = ? AND account = ?', project, account)),

    clearVersion: (hash: string): string =>
      errorOf(() =>
        db.run(
          'DELETE FROM entries WHERE project = ? AND account = ? AND wasm_hash = ?',
          project,
          account,
          hash,
        ),
      ),
  };
}

const none = new Uint8Array();

function viewOf({ buffer, byteOffset }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset);
}

/** What `work` gives and no error, or what stands for it and the error's text. */
function attempt<T>(otherwise: T, work: () => T): [T, string] {
  try {
    return [work(), ''];
  } catch (error) {
    return [otherwise, (error as Error).message];
  }
}

function errorOf(work: () => unknown): string {
  return attempt(null, work)[1];
}
