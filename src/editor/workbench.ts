import type * as vscode from 'vscode';
import type { SavedCases } from './cases/savedCases.ts';
import type { RunHistory } from './history/runHistory.ts';
import type { LanguageServer } from './languageServer/languageServer.ts';
import type { RunPanel } from './panel/runPanel.ts';
import type { FuelInEditor } from './profile/fuelInEditor.ts';
import type { Profiles } from './profile/profiles.ts';
import type { ProgramBuilder } from './run/programBuilder.ts';
import type { ProgramChooser } from './run/chooseProgram.ts';
import type { LastPlan } from './run/lastPlan.ts';
import type { Runner } from './run/runner.ts';
import type { TapeChoice } from './run/tapeChoice.ts';
import type { Watch } from './run/watch.ts';
import type { Secrets } from './secrets/secrets.ts';
import type { Services } from './services.ts';
import type { ToolchainStatus } from './status/toolchainStatus.ts';
import type { WasmDocuments } from './wasmFile/wasmDocuments.ts';
import type { StoredDocument } from './worker/storedDocument.ts';

/** What commands, and requests of the panel, act on: the parts of the extension, put together by `activate()`. */
export interface Workbench {
  readonly services: Services;
  readonly runner: Runner;
  readonly builder: ProgramBuilder;
  readonly chooser: ProgramChooser;
  readonly cases: SavedCases;
  readonly secrets: Secrets;
  readonly panel: RunPanel;
  readonly watch: Watch;
  readonly tape: TapeChoice;
  readonly lastPlan: LastPlan;
  readonly history: RunHistory;
  readonly profiles: Profiles;
  readonly fuelInEditor: FuelInEditor;
  readonly state: vscode.Memento;
  readonly log: vscode.LogOutputChannel;
  readonly server: LanguageServer;
  readonly toolchain: ToolchainStatus;
  readonly wasmDocuments: WasmDocuments;
  readonly storedDocument: StoredDocument;
  readonly context: vscode.ExtensionContext;
}
