import { commands } from './commands.ts';

/** An entry of a menu as package.json declares it; a unit test holds the two together. */
export type MenuEntry = { readonly when?: string; readonly group: string } & (
  { readonly command: string } | { readonly submenu: string }
);

/** What a crate offers: under a name of its own, since “Run” alone says nothing in the explorer. */
export const crateMenu = { id: 'wasi-workbench.crate', label: 'WASI' } as const;

const isWasm = 'resourceScheme == file && resourceExtname == .wasm';
const isManifest = 'resourceScheme == file && resourceFilename == Cargo.toml';
const isSource = 'resourceScheme == file && resourceLangId == rust';

/** A `.wasm` file is offered to be run and read, a crate, which is its Cargo.toml, to be run, built and set up. */
export const menus = {
  'explorer/context': [
    { command: commands.runFile.id, when: isWasm, group: '2_wasi@1' },
    { command: commands.showText.id, when: isWasm, group: '2_wasi@2' },
    { submenu: crateMenu.id, when: isManifest, group: '2_wasi@1' },
  ],
  'editor/title': [
    { command: commands.runFile.id, when: isWasm, group: 'navigation@1' },
    { command: commands.showText.id, when: isWasm, group: 'navigation@2' },
  ],
  'editor/title/context': [
    { command: commands.runFile.id, when: isWasm, group: '2_wasi@1' },
    { command: commands.showText.id, when: isWasm, group: '2_wasi@2' },
    { submenu: crateMenu.id, when: isManifest, group: '2_wasi@1' },
  ],
  [crateMenu.id]: [
    { command: commands.run.id, group: '1_run@1' },
    { command: commands.runWithInput.id, group: '1_run@2' },
    { command: commands.build.id, group: '1_run@3' },
    { command: commands.chooseTarget.id, group: '2_settings@1' },
    { command: commands.chooseProfile.id, group: '2_settings@2' },
    { command: commands.openInputs.id, group: '2_settings@3' },
  ],
  'editor/title/run': [
    { command: commands.run.id, when: `${isManifest} || ${isSource}`, group: 'wasi@1' },
    { command: commands.runWithInput.id, when: `${isManifest} || ${isSource}`, group: 'wasi@2' },
    { command: commands.build.id, when: `${isManifest} || ${isSource}`, group: 'wasi@3' },
  ],
} as const satisfies Record<string, readonly MenuEntry[]>;

/** A key binding as package.json declares it. */
export interface KeyBinding {
  readonly command: string;
  readonly key: string;
  readonly mac: string;
  readonly when: string;
}

const inProgram = `${isManifest} || ${isSource} || activeWebviewPanelId == 'wasi-workbench.run'`;

/** Chords that nothing of VS Code has, and only where there is something to run: they take no key from anybody. */
export const keyBindings: readonly KeyBinding[] = [
  { command: commands.run.id, key: 'ctrl+k alt+r', mac: 'cmd+k alt+r', when: inProgram },
  { command: commands.runWithInput.id, key: 'ctrl+k alt+i', mac: 'cmd+k alt+i', when: inProgram },
  { command: commands.runLast.id, key: 'ctrl+k alt+l', mac: 'cmd+k alt+l', when: inProgram },
  { command: commands.stop.id, key: 'ctrl+k alt+x', mac: 'cmd+k alt+x', when: 'wasi-workbench.busy' },
];
