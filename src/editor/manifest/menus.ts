import { commands } from './commands.ts';

/** An entry of a menu as package.json declares it; a unit test holds the two together. */
export interface MenuEntry {
  readonly command: string;
  readonly when: string;
  readonly group: string;
}

const isWasm = 'resourceScheme == file && resourceExtname == .wasm';
const isManifest = 'resourceScheme == file && resourceFilename == Cargo.toml';
const isSource = 'resourceScheme == file && resourceLangId == rust';

/** A `.wasm` file is offered to be run and read, a crate, which is its Cargo.toml, to be run, built and set up. */
export const menus = {
  'explorer/context': [
    { command: commands.runFile.id, when: isWasm, group: '2_wasi@1' },
    { command: commands.showText.id, when: isWasm, group: '2_wasi@2' },
    { command: commands.run.id, when: isManifest, group: '2_wasi@1' },
    { command: commands.runWithInput.id, when: isManifest, group: '2_wasi@2' },
    { command: commands.build.id, when: isManifest, group: '2_wasi@3' },
    { command: commands.chooseTarget.id, when: isManifest, group: '2_wasi@4' },
    { command: commands.openInputs.id, when: isManifest, group: '2_wasi@5' },
  ],
  'editor/title': [
    { command: commands.runFile.id, when: isWasm, group: 'navigation@1' },
    { command: commands.showText.id, when: isWasm, group: 'navigation@2' },
  ],
  'editor/title/context': [
    { command: commands.runFile.id, when: isWasm, group: '2_wasi@1' },
    { command: commands.showText.id, when: isWasm, group: '2_wasi@2' },
    { command: commands.run.id, when: isManifest, group: '2_wasi@1' },
    { command: commands.build.id, when: isManifest, group: '2_wasi@2' },
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
