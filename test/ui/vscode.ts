import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { type Browser, type Locator, type Page, chromium, errors } from 'playwright-core';
import { chromiumArgs, chromiumPath } from '../../scripts/lib/debian.mjs';
import { cacheDir, examplesDir, root, vsixPath } from '../../scripts/lib/places.mjs';
import { type ServedEditor, serveEditor, withoutChat } from '../../scripts/lib/servedEditor.mjs';

export interface VscodeOptions {
  /** Copied, and the copy opened; the examples by default. */
  readonly folder?: string;
  /** A `.code-workspace` file in the folder that is opened in place of it. */
  readonly workspace?: string;
  /** Whether folders are trusted without asking; true by default. */
  readonly trusted?: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** After which a gesture is made again. */
const briefly = { timeout: 8000 };

/** A real VS Code in a real browser, with the packaged extension installed and a folder open. */
export class Vscode {
  readonly page: Page;
  /** The opened folder: a copy that is the test's to change. */
  readonly folder: string;
  readonly #browser: Browser;
  readonly #server: ServedEditor;
  /** What the editor keeps: settings, logs, the storage of extensions. */
  readonly dataDir: string;

  private constructor(page: Page, folder: string, browser: Browser, server: ServedEditor, dataDir: string) {
    this.page = page;
    this.folder = folder;
    this.#browser = browser;
    this.#server = server;
    this.dataDir = dataDir;
  }

  static async open(options: VscodeOptions = {}): Promise<Vscode> {
    const {
      folder: original = examplesDir,
      workspace = '',
      trusted = true,
      viewport = { width: 1400, height: 900 },
    } = options;
    const dataDir = mkdtempSync(join(tmpdir(), 'wasi-workbench-ui-'));
    // Spaces and other alphabets are what users' folders are called.
    const folder = join(mkdtempSync(join(tmpdir(), 'wörk bench ')), basename(original));
    cpSync(original, folder, { recursive: true, filter: (path) => basename(path) !== 'target' });
    process.env['CARGO_TARGET_DIR'] ??= join(cacheDir, 'ui-target');
    const settings = { ...quietSettings, ...options.settings };
    const server = await serveEditor({ vsix: vsixPath, dataDir, trusted, settings });
    const browser = await chromium.launch({ executablePath: chromiumPath()!, args: chromiumArgs });
    const page = await browser.newPage({ viewport });
    page.setDefaultTimeout(60_000); // on two busy cores
    const vscode = new Vscode(page, folder, browser, server, dataDir);
    await page.goto(server.addressOf(join(folder, workspace)));
    await page.locator('.monaco-workbench').waitFor();
    return vscode;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    this.#server.stop();
    for (const folder of [this.dataDir, join(this.folder, '..')]) {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    }
  }

  /** Changes the user's settings; the editor takes them over as they are written. */
  setSettings(settings: Readonly<Record<string, unknown>>): void {
    writeFileSync(this.#settingsPath, JSON.stringify({ ...this.settings(), ...settings }, null, 2));
  }

  /** The user's settings, as they are written down. */
  settings(): Record<string, unknown> {
    return JSON.parse(readFileSync(this.#settingsPath, 'utf8')) as Record<string, unknown>;
  }

  get #settingsPath(): string {
    return join(this.dataDir, 'user', 'User', 'settings.json');
  }

  /** Opens a file of the folder by its path in it, with forward slashes, and shows a line, counted from 1. */
  async openFile(path: string, line = 1): Promise<void> {
    // The list may still be one of before: Enter opens what is in focus.
    const row = this.page
      .locator('.quick-input-list .monaco-list-row.focused', { hasText: basename(path) })
      .filter({ hasText: path.includes('/') ? dirname(path) : '' });
    await this.insist(async () => {
      await this.#lookUp('Control+P', `${path}:${line}`, row.first());
      await this.page.keyboard.press('Enter');
      await this.page.locator('.tab.active', { hasText: basename(path) }).waitFor(briefly);
    });
  }

  /** Runs a command by its title in the palette, such as `WASI: Run`. */
  async runCommand(title: string): Promise<void> {
    const row = this.page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
    await this.insist(async () => {
      await this.#lookUp('F1', `>${title}`, row);
      await row.click(briefly);
    });
  }

  /**
   * Makes a gesture again until it succeeds: an editor that is busy may lose a key, or close a menu or a box that
   * has just been opened. In the first seconds of a window its palette lists no extension's commands, and one that is
   * open stays so.
   *
   * @param gesture what a user would do once more where nothing came of it
   * @throws the error of the last try
   */
  async insist(gesture: () => Promise<void>): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        await gesture();
        return;
      } catch (error) {
        if (tries === 10 || !(error instanceof errors.TimeoutError)) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /** Chooses a colour theme by its name in the list of themes, such as `Light Modern`. */
  async chooseTheme(name: string): Promise<void> {
    await this.runCommand('Preferences: Color Theme');
    await this.#quickInput().fill(name);
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first().click();
  }

  /** The commands of the extension that the palette lists for a title. */
  async listedCommands(title: string): Promise<string[]> {
    const rows = this.page.locator('.quick-input-list .monaco-list-row .label-name');
    await this.insist(() => this.#lookUp('F1', `>${title}`, rows.first()));
    const listed = await rows.allInnerTexts();
    await this.page.keyboard.press('Escape');
    return listed.filter((text) => text.startsWith('WASI: ') && text.includes(title));
  }

  /** Types into the box that the editor asks with, and confirms. */
  async answer(text: string): Promise<void> {
    await this.#quickInput().fill(text);
    await this.#quickInput().press('Enter');
  }

  /** Types a path into the dialog for files, which first suggests one. */
  async answerPath(path: string): Promise<void> {
    await this.until(async () => (await this.#quickInput().inputValue()) !== '');
    // It goes on for a moment with what it has just suggested.
    await this.page.waitForTimeout(1000);
    const box = this.#quickInput();
    // While it looks at a folder it takes no answer.
    for (let open = true; open;) {
      await this.answer(path);
      open = await box.waitFor({ state: 'hidden', timeout: 10_000 }).then(
        () => false,
        () => true,
      );
    }
  }

  /** Waits until something holds that the page itself does not show; a test's own time-out is the limit. */
  async until(probe: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await probe())) await this.page.waitForTimeout(100);
  }

  /** The text of a file; undefined where there is none yet. */
  fileText(path: string): string | undefined {
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  }

  /** A CodeLens by its text. */
  codeLens(text: string | RegExp): Locator {
    return this.page.locator('.codelens-decoration a', { hasText: text });
  }

  /** The innermost document of the webview that is shown; it is there once the panel has been opened. */
  webview() {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  }

  /** Saves what is seen as `out/screenshots/NAME.png` and returns the path. */
  async screenshot(name: string): Promise<string> {
    const path = join(root, 'out', 'screenshots', `${name}.png`);
    await this.page.screenshot({ path });
    return path;
  }

  /** Opens a box of the editor by its key, types into it, and waits for a row of its list. */
  async #lookUp(key: string, text: string, row: Locator): Promise<void> {
    await this.page.keyboard.press(key);
    await this.#quickInput().fill(text, briefly);
    await row.waitFor(briefly);
  }

  #quickInput(): Locator {
    return this.page.locator('.quick-input-widget input.input').first();
  }
}

/** Nothing opens or asks by itself. */
const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'security.workspace.trust.untrustedFiles': 'open',
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  ...withoutChat,
};
