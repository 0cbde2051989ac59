import { dirname, join, sep } from 'node:path';
import type { Parser } from 'web-tree-sitter';
import { CrateReader } from '../diagnostics/crateReader.ts';
import { RustReader } from '../diagnostics/rust/rustReader.ts';
import { isBelow } from '../shared/isBelow.ts';
import type { Outcome } from '../shared/languageServer.ts';
import { folderFindings } from './folderFindings.ts';
import { type CheckedFinding, FindingStore } from './findingStore.ts';
import type { OpenDocuments } from './openDocuments.ts';
import { findingsOfOutcome } from './outcomeFindings.ts';
import { Schedule } from './schedule.ts';
import type { CheckSettings } from './settings.ts';
import { SnapshotFiles } from './snapshotFiles.ts';
import { wasmFindings } from './wasmFindings.ts';

export interface WorkspaceHost {
  readonly documents: OpenDocuments;
  /** Rust's. Called at the first check. */
  readonly loadParser: () => Promise<Parser>;
  /** The settings that hold for a file or folder. */
  readonly settings: (path: string) => Promise<CheckSettings>;
  /** A file's findings may differ from before. */
  readonly onFindings: (path: string) => void;
  readonly onError: (error: unknown) => void;
}

/**
 * The crates of the documents that were opened, each checked again after a pause when one of its files changes, and
 * the .wasm files that lie about. A crate of which nothing was opened costs nothing.
 */
export class Workspace {
  readonly files: SnapshotFiles;
  readonly #host: WorkspaceHost;
  readonly #store = new FindingStore();
  readonly #schedule: Schedule;
  readonly #crates = new Set<string>();
  readonly #wasmFiles = new Set<string>();
  /** How builds and runs ended of which nothing was told yet, by crate. */
  readonly #outcomes = new Map<string, Outcome>();
  #reader: Promise<CrateReader> | undefined;

  constructor(host: WorkspaceHost) {
    this.#host = host;
    this.files = new SnapshotFiles((path) => host.documents.text(path));
    this.#schedule = new Schedule((path) => this.#check(path), host.onError);
  }

  findings(path: string): CheckedFinding[] {
    return this.#store.of(path);
  }

  /** The nearest folder at or above a file that holds a Cargo.toml, or held one when it was checked. */
  async crateDirOf(path: string): Promise<string | null> {
    for (let dir = dirname(path); ; dir = dirname(dir)) {
      if (this.#crates.has(dir) || (await this.files.exists(join(dir, 'Cargo.toml')))) return dir;
      if (dirname(dir) === dir) return null;
    }
  }

  /** An open document has another text, or was opened or closed. */
  documentChanged(path: string): void {
    if (isDependency(path)) return;
    void this.crateDirOf(path).then((dir) => {
      if (dir !== null) this.#request(dir);
    }, this.#host.onError);
  }

  /** Files were made, changed or deleted on the disk. */
  filesChanged(paths: readonly string[]): void {
    for (const path of paths) {
      if (path.endsWith('.wasm') && !path.includes(`${sep}target${sep}`)) {
        this.#wasmFiles.add(path);
        this.#schedule.request(path);
        continue;
      }
      // What a crate inherits lies above it, what it is made of below.
      for (const dir of this.#crates) {
        if (isBelow(path, dir) || isBelow(dir, dirname(path))) this.#schedule.request(dir);
      }
    }
  }

  /** A crate was built or run. */
  ended(outcome: Outcome): void {
    this.#outcomes.set(outcome.crateDir, outcome);
    this.#request(outcome.crateDir);
  }

  checkAll(): void {
    for (const path of [...this.#crates, ...this.#wasmFiles]) this.#schedule.request(path);
  }

  dispose(): void {
    this.#schedule.dispose();
  }

  #request(dir: string): void {
    this.#crates.add(dir);
    this.#schedule.request(dir);
  }

  async #check(path: string): Promise<void> {
    this.files.renew();
    const settings = await this.#host.settings(path);
    const changed = this.#wasmFiles.has(path)
      ? this.#store.setRead(path, { findings: await wasmFindings(path, settings), texts: new Map() })
      : await this.#checkCrate(path, settings);
    changed.forEach(this.#host.onFindings);
  }

  async #checkCrate(dir: string, settings: CheckSettings): Promise<Set<string>> {
    const reader = await this.#crateReader();
    const findings = await folderFindings(dir, reader, this.files, settings);
    const texts = await this.files.texts();
    const changed = this.#store.setRead(dir, { findings, texts });
    const outcome = this.#outcomes.get(dir);
    if (outcome !== undefined) {
      this.#outcomes.delete(dir);
      const found = await findingsOfOutcome(outcome, reader, settings);
      this.#store.setOutcome(dir, { findings: found, texts }).forEach((file) => changed.add(file));
    }
    return changed;
  }

  #crateReader(): Promise<CrateReader> {
    this.#reader ??= this.#host
      .loadParser()
      .then((parser) => RustReader.create(parser))
      .then((rust) => new CrateReader(this.files, rust));
    return this.#reader;
  }
}

/** A source that cargo or rustup has downloaded, which is nobody's here to mend. */
function isDependency(path: string): boolean {
  return /[\\/](?:registry[\\/]src|git[\\/]checkouts|rustlib[\\/]src)[\\/]/.test(path);
}
