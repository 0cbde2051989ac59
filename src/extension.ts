import { join } from 'node:path';
import * as vscode from 'vscode';
import { RunLenses } from './editor/codeLens.ts';
import { registerCommands } from './editor/commands.ts';
import { LanguageServer } from './editor/languageServer/languageServer.ts';
import { registerRulePages } from './editor/languageServer/rulePages.ts';
import { SavedCases } from './editor/cases/savedCases.ts';
import { Secrets } from './editor/secrets/secrets.ts';
import { keepRun } from './editor/history/keepRun.ts';
import { RunDocuments } from './editor/history/runDocuments.ts';
import { RunHistory } from './editor/history/runHistory.ts';
import { RunStore } from './editor/history/runStore.ts';
import { PanelModel } from './editor/panel/panelModel.ts';
import { answerPanel } from './editor/panel/panelRequests.ts';
import { RunPanel } from './editor/panel/runPanel.ts';
import { ShownRun } from './editor/panel/shownRun.ts';
import { Problems } from './editor/problems/problems.ts';
import { registerCompilerFixes } from './editor/problems/quickFixes.ts';
import { FuelInEditor } from './editor/profile/fuelInEditor.ts';
import { Profiles } from './editor/profile/profiles.ts';
import { ProgramBuilder } from './editor/run/programBuilder.ts';
import { ProgramChooser } from './editor/run/chooseProgram.ts';
import { LastOutcomes } from './editor/run/lastOutcomes.ts';
import { lastPlanOf } from './editor/run/lastPlan.ts';
import { Runner } from './editor/run/runner.ts';
import { runAgain } from './editor/run/startRun.ts';
import { TapeChoice } from './editor/run/tapeChoice.ts';
import { Watch } from './editor/run/watch.ts';
import { showNewSample } from './editor/sample/createSample.ts';
import { createServices } from './editor/services.ts';
import { setContextKey } from './editor/setContextKey.ts';
import { reportingErrors } from './editor/showError.ts';
import { ExecutorStatus } from './editor/status/executorStatus.ts';
import { ToolchainStatus } from './editor/status/toolchainStatus.ts';
import { taskType } from './editor/tasks/taskDefinition.ts';
import { BuildTasks } from './editor/tasks/taskProvider.ts';
import { stepTicker } from './editor/tickSteps.ts';
import { SourceLinks } from './editor/terminal/terminalLinks.ts';
import { TestExplorer } from './editor/tests/testExplorer.ts';
import { WasmDocuments } from './editor/wasmFile/wasmDocuments.ts';
import { StoredDocument } from './editor/worker/storedDocument.ts';
import type { Workbench } from './editor/workbench.ts';
import type { WorkbenchApi } from './editor/workbenchApi.ts';
import type { PanelUpdate } from './shared/panelMessages.ts';

/** Puts the parts together. Nothing here waits, and nothing heavy is loaded before it is asked for. */
export function activate(context: vscode.ExtensionContext): WorkbenchApi {
  const start = performance.now();
  const own = <T extends vscode.Disposable>(disposable: T): T => {
    context.subscriptions.push(disposable);
    return disposable;
  };

  const log = own(vscode.window.createOutputChannel('WASI Workbench', { log: true }));
  const executorStatus = own(new ExecutorStatus());
  const services = own(createServices(context, log, (state) => executorStatus.show(state)));
  const toolchain = own(new ToolchainStatus(services));
  const problems = own(new Problems());
  own(registerCompilerFixes(problems));
  const server = own(new LanguageServer(context.asAbsolutePath(join('dist', 'server.js')), log, problems));
  const builder = new ProgramBuilder(services, problems, server, log);
  const cases = new SavedCases(context.workspaceState);
  const secrets = new Secrets(context.secrets);
  const profiles = own(new Profiles());
  const send = (update: PanelUpdate) => panel.send(update);
  const model: PanelModel = own(new PanelModel((update) => shown.follow(update)));
  const history = new RunHistory(
    new RunStore(join((context.storageUri ?? context.globalStorageUri).fsPath, 'runs')),
    () => secrets.all(),
    (runs) => send({ type: 'runs', runs }),
  );
  const shown = new ShownRun(model, history, profiles, send);
  const documents = own(new RunDocuments(history));
  setContextKey('active');
  const tickSteps = stepTicker();
  const lastOutcomes = own(new LastOutcomes());
  const tape = own(new TapeChoice(context.workspaceState));
  const runner = own(
    new Runner({
      services,
      builder,
      cases,
      secrets,
      tape,
      model,
      log,
      onBusy: (busy) => setContextKey('busy', busy),
      outcomes: server,
      onFinished(finished) {
        tickSteps(finished);
        lastOutcomes.record(finished);
        toolchain.builtIn(finished);
        void reportingErrors(log, () => keepRun(finished, history, secrets, model));
      },
      profiles,
    }),
  );
  const panel: RunPanel = own(
    new RunPanel(
      context.extensionUri,
      (request) => void reportingErrors(log, () => answerPanel(request, { workbench, documents, shown })),
    ),
  );
  const watch: Watch = own(new Watch(() => void reportingErrors(log, () => runAgain(workbench))));
  const workbench: Workbench = {
    services,
    runner,
    builder,
    chooser: new ProgramChooser(services, context.workspaceState),
    cases,
    secrets,
    panel,
    watch,
    tape,
    lastPlan: lastPlanOf(context.workspaceState),
    history,
    profiles,
    fuelInEditor: own(new FuelInEditor(profiles)),
    state: context.workspaceState,
    log,
    server,
    toolchain,
    storedDocument: own(new StoredDocument()),
    wasmDocuments: own(new WasmDocuments(context.asAbsolutePath(join('dist', 'wasmText.js')))),
    context,
  };
  own(registerCommands(workbench));
  own(new RunLenses(services, cases, lastOutcomes, ({ crateDir }) => toolchain.lookSoon(crateDir)));
  own(vscode.tasks.registerTaskProvider(taskType, new BuildTasks(builder)));
  const tests = own(new TestExplorer({ services, builder, secrets, tape }));
  own(vscode.window.registerTerminalLinkProvider(new SourceLinks()));
  own(registerRulePages(context.extensionUri));
  void reportingErrors(log, () => showNewSample(context));

  const activationMs = performance.now() - start;
  log.info(`ready after ${activationMs.toFixed(1)} ms`);
  return {
    activationMs,
    loadedServices: () => services.loaded(),
    run: (plan) => runner.run(plan),
    stop: () => runner.stop(),
    lastRun: () => runner.last,
    shownRun: () => model.run,
    serverProcess: () => server.processId(),
    toolchainStatus: () => toolchain.shown,
    executorStatus: () => executorStatus.text,
    executorProcess: async () => (await services.executor()).processId,
    tests: tests.controller,
    setSecret: (crateDir, name, value) => secrets.set(crateDir, name, value),
  };
}
