import type * as vscode from 'vscode';
import type { SecretLookup } from '../../cases/prepareCase.ts';
import { redactorOf, type SecretValue } from './redact.ts';

/** The values of secrets that cases name, for each crate its own. They leave the editor's storage for a run only. */
export class Secrets {
  readonly #storage: vscode.SecretStorage;

  constructor(storage: vscode.SecretStorage) {
    this.#storage = storage;
  }

  lookup(crateDir: string): SecretLookup {
    return async (name) => this.#storage.get(key(crateDir, name));
  }

  /** Every value of every crate, for what must not be written down. */
  async all(): Promise<SecretValue[]> {
    const found = (await this.#storage.keys()).map(async (each) => {
      const value = await this.#storage.get(each);
      return value === undefined ? [] : [{ name: nameOf(each), value }];
    });
    return (await Promise.all(found)).flat();
  }

  /** A text for the log or another file: without any of them. */
  async takenOutOf(text: string): Promise<string> {
    return redactorOf(await this.all()).text(text);
  }

  /** An empty value forgets the secret. */
  async set(crateDir: string, name: string, value: string): Promise<void> {
    if (value === '') await this.#storage.delete(key(crateDir, name));
    else await this.#storage.store(key(crateDir, name), value);
  }
}

function key(crateDir: string, name: string): string {
  return JSON.stringify(['secret', crateDir, name]);
}

function nameOf(key: string): string {
  return String((JSON.parse(key) as unknown[]).at(-1));
}
