import { createHash } from 'node:crypto';
import type { WalletOptions } from '../../../shared/outlayer.ts';
import type { WorkerDatabase } from './database.ts';
import { uuidOf } from './environment.ts';

/** Where a wallet's tokens lie: on its account, or deposited with NEAR Intents, from where they are withdrawn. */
export type Pot = 'account' | 'intents';

/**
 * The books of one wallet, which outlive runs. They begin with the balances that are configured; other configured
 * balances are another wallet's books.
 */
export class Ledger {
  readonly #db: WorkerDatabase;
  readonly #wallet: string;
  readonly #opening: Readonly<Record<string, string>>;

  constructor(db: WorkerDatabase, owner: string, { balances = {} }: WalletOptions) {
    this.#db = db;
    this.#opening = balances;
    const sorted = Object.entries(balances).sort(([a], [b]) => (a < b ? -1 : 1));
    const digest = createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 16);
    this.#wallet = `${owner} ${digest}`;
  }

  transaction<T>(work: () => T): T {
    return this.#db.transaction(work);
  }

  /** In the token's smallest unit. */
  balance(pot: Pot, token: string): bigint {
    const row = this.#db.get(
      'SELECT amount FROM balances WHERE wallet = ? AND pot = ? AND token = ?',
      this.#wallet,
      pot,
      token,
    );
    if (row !== undefined) return BigInt(row['amount'] as string);
    const opening = Object.hasOwn(this.#opening, token) ? this.#opening[token]! : '0';
    return pot === 'account' ? BigInt(opening) : 0n;
  }

  /** Adds to a balance, or takes from it; within a {@link transaction}. */
  add(pot: Pot, token: string, amount: bigint): void {
    this.#db.run(
      'INSERT OR REPLACE INTO balances (wallet, pot, token, amount) VALUES (?, ?, ?, ?)',
      this.#wallet,
      pot,
      token,
      (this.balance(pot, token) + amount).toString(),
    );
  }

  /** Enters a request that is done; within a {@link transaction}. */
  record(details: Readonly<Record<string, unknown>>): Record<string, unknown> {
    const row = this.#db.get(
      'SELECT COALESCE(MAX(number), 0) AS last FROM requests WHERE wallet = ?',
      this.#wallet,
    );
    const last = row!['last'] as number;
    const id = uuidOf(`request ${last + 1} of ${this.#wallet}`);
    const status = { request_id: id, status: 'success', ...details };
    this.#db.run(
      'INSERT INTO requests (wallet, number, id, status) VALUES (?, ?, ?, ?)',
      this.#wallet,
      last + 1,
      id,
      JSON.stringify(status),
    );
    return status;
  }

  /** The JSON text of a request's status; undefined where there is no such request. */
  request(id: string): string | undefined {
    return this.#db.get('SELECT status FROM requests WHERE wallet = ? AND id = ?', this.#wallet, id)?.[
      'status'
    ] as string | undefined;
  }

  /** Every token that it knows of. */
  tokens(): string[] {
    const rows = this.#db.all('SELECT DISTINCT token FROM balances WHERE wallet = ?', this.#wallet);
    return [...new Set(['near', ...Object.keys(this.#opening), ...rows.map((row) => String(row['token']))])];
  }
}
