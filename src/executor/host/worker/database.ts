import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** Milliseconds that a run waits for another one's write to end. Each takes far less than one. */
const longestWaitMs = 30_000;

/** SQLite's result codes (sqlite3.h), in whose low byte the extended ones agree with the plain. */
const busyCode = 5;

const schema = `
  CREATE TABLE IF NOT EXISTS entries (
    project TEXT NOT NULL,
    account TEXT NOT NULL,
    key TEXT NOT NULL,
    value BLOB NOT NULL,
    wasm_hash TEXT NOT NULL,
    public INTEGER NOT NULL DEFAULT 0,
    updated_ms INTEGER NOT NULL,
    PRIMARY KEY (project, account, key)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS balances (
    wallet TEXT NOT NULL,
    pot TEXT NOT NULL,
    token TEXT NOT NULL,
    amount TEXT NOT NULL,
    PRIMARY KEY (wallet, pot, token)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS requests (
    wallet TEXT NOT NULL,
    number INTEGER NOT NULL,
    id TEXT NOT NULL,
    status TEXT NOT NULL,
    PRIMARY KEY (wallet, number)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS keys (
    name TEXT PRIMARY KEY,
    pem TEXT NOT NULL
  ) STRICT;`;

/**
 * The embedded database behind near:storage, near:vrf and outlayer:wallet, which outlives runs and is shared by all
 * processes that run programs. Its log is written ahead (WAL), so that a process may be killed at any moment: what was
 * committed is there, and nothing of what was not.
 */
export class WorkerDatabase implements Disposable {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  /** Never notified: to wait on. The watchdog breaks into such a wait, and into none of SQLite's own. */
  readonly #pause = new Int32Array(new SharedArrayBuffer(4));

  /** @param folder made where it is missing, for this user alone; null for a database in memory */
  constructor(folder: string | null) {
    if (folder === null) {
      this.#db = new DatabaseSync(':memory:');
      this.#db.exec(schema);
      return;
    }
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const path = databasePath(folder);
    this.#db = new DatabaseSync(path, { timeout: 0 });
    this.#patiently(() => this.#db.exec('PRAGMA journal_mode = WAL'));
    this.#db.exec('PRAGMA synchronous = NORMAL');
    this.#patiently(() => this.#db.exec(schema));
    chmodSync(path, 0o600);
  }

  /** Runs a statement, which is compiled once. */
  run(sql: string, ...values: Value[]): number {
    return this.#patiently(() => Number(this.#statement(sql).run(...values).changes));
  }

  /** The first row; undefined where there is none. */
  get(sql: string, ...values: Value[]): Row | undefined {
    return this.#patiently(() => this.#statement(sql).get(...values));
  }

  all(sql: string, ...values: Value[]): Row[] {
    return this.#patiently(() => this.#statement(sql).all(...values));
  }

  /** Does several things as one that nobody else's write comes between; nothing of it happens where `work` throws. */
  transaction<T>(work: () => T): T {
    // Takes the right to write at once: a read that came first could be out of date by then.
    this.#patiently(() => this.#db.exec('BEGIN IMMEDIATE'));
    try {
      const result = work();
      this.#patiently(() => this.#db.exec('COMMIT'));
      return result;
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  /** What a run that was stopped in the middle had begun is undone. */
  [Symbol.dispose](): void {
    this.#db.close();
  }

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  #patiently<T>(work: () => T): T {
    const start = performance.now();
    for (;;) {
      try {
        return work();
      } catch (error) {
        const { errcode } = error as { errcode?: number };
        if (((errcode ?? 0) & 0xff) !== busyCode || performance.now() - start > longestWaitMs) throw error;
        Atomics.wait(this.#pause, 0, 0, 0.2);
      }
    }
  }
}

type Value = string | number | bigint | Uint8Array | null;
/** A row's columns by name. */
export type Row = Readonly<Record<string, unknown>>;

/** The database's file in the worker's data folder. */
export function databasePath(folder: string): string {
  return join(folder, 'worker.sqlite');
}
