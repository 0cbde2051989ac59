import { isUtf8 } from 'node:buffer';
import { existsSync } from 'node:fs';
import { databasePath } from './database.ts';
import { openDatabase } from './openDatabase.ts';

/** One entry of near:storage, as a person looks at it. */
export interface StoredEntry {
  readonly project: string;
  /** `@worker` for what is the project's own. */
  readonly account: string;
  readonly key: string;
  readonly value: Uint8Array;
  /** SHA-256 in hex of the program that wrote it. */
  readonly wasmHash: string;
  /** Milliseconds since 1970. */
  readonly updated: number;
}

/** What near:storage keeps in a folder, by project, account and key; nothing where there is no database. */
export function storedEntries(folder: string, project: string | null): StoredEntry[] {
  if (!existsSync(databasePath(folder))) return [];
  using db = openDatabase(folder);
  const rows = db.all('SELECT * FROM entries ORDER BY project, account, key');
  return rows
    .map((row) => ({
      project: row['project'] as string,
      account: row['account'] as string,
      key: row['key'] as string,
      value: row['value'] as Uint8Array,
      wasmHash: row['wasm_hash'] as string,
      updated: row['updated_ms'] as number,
    }))
    .filter((entry) => project === null || entry.project === project);
}

/**
 * Deletes what is kept for a project; for all of them, and with it every wallet's books, where none is named. The keys
 * of near:vrf and of wallets stay.
 *
 * @returns how many entries there were
 */
export function resetStored(folder: string, project: string | null): number {
  if (!existsSync(databasePath(folder))) return 0;
  using db = openDatabase(folder);
  return db.transaction(() => {
    if (project !== null) return db.run('DELETE FROM entries WHERE project = ?', project);
    db.run('DELETE FROM balances');
    db.run('DELETE FROM requests');
    return db.run('DELETE FROM entries');
  });
}

/** The entries as a text for people. */
export function describeStored(entries: readonly StoredEntry[], folder: string): string {
  if (entries.length === 0) return `Nothing is stored in ${folder}.\n`;
  const lines: string[] = [`What near:storage keeps in ${folder}`];
  let place = '';
  for (const { project, account, key, value, wasmHash, updated } of entries) {
    const here = `${project} · ${account}`;
    if (here !== place) lines.push('', here);
    place = here;
    const when = new Date(updated).toISOString().slice(0, 19).replace('T', ' ');
    lines.push(
      `  ${JSON.stringify(key)} = ${describeValue(value)}  (${when} UTC, by ${wasmHash.slice(0, 12)})`,
    );
  }
  return `${lines.join('\n')}\n`;
}

const mostShown = 120;

/** Text as a JSON string, 8 bytes that are none as the counter they are, all else in hexadecimal digits. */
function describeValue(value: Uint8Array): string {
  const shown = Buffer.from(value.subarray(0, mostShown));
  const rest = value.length > mostShown ? `… (${value.length} bytes)` : '';
  // The last character may be cut through.
  const text = rest === '' ? shown.toString() : shown.toString().replace(/\ufffd$/, '');
  // eslint-disable-next-line no-control-regex -- text has none of them
  if (isUtf8(value) && !/[\0-\x08\x0e-\x1f]/.test(text)) return JSON.stringify(text) + rest;
  if (value.length === 8) return `${shown.readBigInt64LE()} (i64)`;
  return `0x${shown.toString('hex')}${rest}`;
}
