import { fixActionCommand } from '../../shared/languageServer.ts';

/** A command as package.json declares it; a unit test holds the two together. */
export interface CommandDeclaration {
  readonly id: string;
  readonly title: string;
  readonly icon?: string;
  /** When the palette lists it: always where left out, never for `false`, which is for other features to call. */
  readonly palette?: string | false;
}

export const category = 'WASI';

export const commands = {
  build: { id: 'wasi-workbench.build', title: 'Build…', icon: '$(tools)' },
  buildWasip2: { id: 'wasi-workbench.buildWasip2', title: 'Build for wasm32-wasip2' },
  buildWasip1: { id: 'wasi-workbench.buildWasip1', title: 'Build for wasm32-wasip1' },
  buildUnknown: { id: 'wasi-workbench.buildUnknown', title: 'Build for wasm32-unknown-unknown' },
  run: { id: 'wasi-workbench.run', title: 'Run', icon: '$(play)' },
  runWithInput: { id: 'wasi-workbench.runWithInput', title: 'Run with Input…' },
  runFile: { id: 'wasi-workbench.runFile', title: 'Run a .wasm File…', icon: '$(play)' },
  runProfiled: { id: 'wasi-workbench.runProfiled', title: 'Run and Profile', icon: '$(flame)' },
  toggleInlineFuel: { id: 'wasi-workbench.toggleInlineFuel', title: 'Toggle Fuel at Line Ends' },
  openProfile: { id: 'wasi-workbench.openProfile', title: 'Open Fuel Profile…' },
  runLast: { id: 'wasi-workbench.runLast', title: 'Run Last Again' },
  toggleWatch: { id: 'wasi-workbench.toggleWatch', title: 'Toggle Watch Mode: Run Again on Save' },
  chooseTarget: { id: 'wasi-workbench.chooseTarget', title: 'Choose Target' },
  chooseProfile: { id: 'wasi-workbench.chooseProfile', title: 'Choose Build Profile' },
  installTargets: { id: 'wasi-workbench.installTargets', title: 'Install Wasm Targets' },
  clearCaches: { id: 'wasi-workbench.clearCaches', title: 'Clear Caches' },
  openInputs: { id: 'wasi-workbench.openInputs', title: 'Open Inputs File' },
  saveRun: { id: 'wasi-workbench.saveRun', title: 'Save Run as Case…' },
  setSecret: { id: 'wasi-workbench.setSecret', title: 'Set Secret…' },
  chooseTapeMode: { id: 'wasi-workbench.chooseTapeMode', title: 'Record or Replay Runs…' },
  showStorage: { id: 'wasi-workbench.showStorage', title: 'Show Storage' },
  resetStorage: { id: 'wasi-workbench.resetStorage', title: 'Reset Storage…' },
  stop: { id: 'wasi-workbench.stop', title: 'Stop', icon: '$(debug-stop)', palette: 'wasi-workbench.busy' },
  openPanel: { id: 'wasi-workbench.openPanel', title: 'Open Run Panel', icon: '$(output)' },
  showText: {
    id: 'wasi-workbench.showText',
    title: 'Show a .wasm File as Text',
    icon: '$(file-code)',
  },
  createSample: { id: 'wasi-workbench.createSample', title: 'Create Sample Program…' },
  showLog: { id: 'wasi-workbench.showLog', title: 'Show Log' },
  installTarget: {
    id: 'wasi-workbench.installTarget',
    title: 'Install a Build Target and Run Again',
    palette: false,
  },
  runForTarget: { id: 'wasi-workbench.runForTarget', title: 'Run Again for Another Target', palette: false },
  runWithLines: {
    id: 'wasi-workbench.runWithLines',
    title: 'Build with Line Tables and Run Again',
    palette: false,
  },
  chooseProgram: { id: 'wasi-workbench.chooseProgram', title: 'Choose a Program and Run It' },
  applyFixAction: { id: fixActionCommand, title: 'Do What a Quick Fix Offers', palette: false },
  restartChecks: { id: 'wasi-workbench.restartChecks', title: 'Restart Checks' },
} as const satisfies Record<string, CommandDeclaration>;
