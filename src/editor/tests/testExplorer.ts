import * as vscode from 'vscode';
import { CaseRunner } from '../../cases/caseRunner.ts';
import { inputsPath } from '../../cases/inputsFile.ts';
import type { Mismatch } from '../../cases/judgeCase.ts';
import { asErrorValue } from '../../shared/workbenchError.ts';
import type { Secrets } from '../secrets/secrets.ts';
import { redactorOf, type SecretValue } from '../secrets/redact.ts';
import { runSettings } from '../configuration.ts';
import { readText } from '../readText.ts';
import type { TapeChoice } from '../run/tapeChoice.ts';
import type { ProgramBuilder } from '../run/programBuilder.ts';
import type { Services } from '../services.ts';
import { requireTrust } from '../trust.ts';
import { TestOutput } from './testOutput.ts';
import { rangeIn, TestTree, type CaseOfItem } from './testTree.ts';

/** What the Testing view's runs work with. */
export interface TestExplorerParts {
  readonly services: Services;
  readonly builder: ProgramBuilder;
  readonly secrets: Secrets;
  readonly tape: Pick<TapeChoice, 'asked'>;
}

/** Saved cases in the Testing view: a test each, below their crate. */
export class TestExplorer implements vscode.Disposable {
  readonly controller = vscode.tests.createTestController(
    'wasi-workbench',
    vscode.l10n.t('WASI: Saved Inputs'),
  );
  readonly #parts: TestExplorerParts;
  readonly #tree: TestTree;

  constructor(parts: TestExplorerParts) {
    this.#parts = parts;
    this.#tree = new TestTree(this.controller);
    this.controller.refreshHandler = () => this.#tree.findAll();
    this.controller.createRunProfile(
      vscode.l10n.t('Run'),
      vscode.TestRunProfileKind.Run,
      (request, token) => this.#run(request, token),
      true,
    );
    void this.#tree.findAll();
  }

  dispose(): void {
    this.#tree.dispose();
    this.controller.dispose();
  }

  async #run(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    const run = this.controller.createTestRun(request);
    const cancel = new AbortController();
    const listener = token.onCancellationRequested(() => cancel.abort());
    const runners = new Map<string, Promise<CaseRunner>>();
    try {
      const secrets = await this.#parts.secrets.all();
      const items = this.#itemsOf(request);
      for (const item of items) run.enqueued(item);
      for (const item of items) {
        const of = this.#tree.caseOf(item);
        if (of === undefined || cancel.signal.aborted) {
          run.skipped(item);
          continue;
        }
        const runner = runners.get(of.crateDir) ?? this.#caseRunner(of.crateDir, run, cancel.signal);
        runners.set(of.crateDir, runner);
        await runCase({ run, secrets, signal: cancel.signal }, item, of, runner);
      }
    } finally {
      listener.dispose();
      run.end();
    }
  }

  /** The cases that a request means: those it names and those below, or all, without what it excludes. */
  #itemsOf({ include, exclude = [] }: vscode.TestRunRequest): vscode.TestItem[] {
    const items = new Set<vscode.TestItem>();
    const add = (item: vscode.TestItem): void => {
      if (exclude.includes(item)) return;
      if (this.#tree.caseOf(item)) items.add(item);
      item.children.forEach(add);
    };
    if (include) include.forEach(add);
    else this.controller.items.forEach(add);
    return [...items];
  }

  async #caseRunner(crateDir: string, run: vscode.TestRun, signal: AbortSignal): Promise<CaseRunner> {
    const { services, builder, secrets } = this.#parts;
    requireTrust();
    const settings = runSettings(crateDir);
    const { profile } = await (await services.compiler()).crateMetadata(crateDir, signal);
    return new CaseRunner({
      crateDir,
      build: (wanted, stop = signal) =>
        builder.build(
          { crateDir, ...wanted },
          settings,
          { onLine: (line) => run.appendOutput(`${line}\r\n`) },
          stop,
        ),
      executor: await services.executor(),
      secret: secrets.lookup(crateDir),
      defaults: { ...settings, ...this.#parts.tape.asked, profileKind: profile ?? settings.profileKind },
    });
  }
}

/** A run of the Testing view, and what must not be seen in what it keeps. */
interface KeptRun {
  readonly run: vscode.TestRun;
  readonly secrets: readonly SecretValue[];
  readonly signal: AbortSignal;
}

async function runCase(
  { run, secrets, signal }: KeptRun,
  item: vscode.TestItem,
  { crateDir, located }: CaseOfItem,
  runner: Promise<CaseRunner>,
): Promise<void> {
  run.started(item);
  const redactor = redactorOf(secrets);
  const append = (text: string) => run.appendOutput(text, undefined, item);
  const stdout = new TestOutput(secrets, append);
  const stderr = new TestOutput(secrets, append);
  const events = {
    onStdout: (bytes: Uint8Array) => stdout.write(bytes),
    onStderr: (bytes: Uint8Array) => stderr.write(bytes),
  };
  try {
    const caseRunner = await runner;
    const { result, taped, mismatches } = await caseRunner
      .run(located.saved, events, signal)
      .finally(() => [stdout, stderr].forEach((output) => output.end()));
    for (const sentence of [taped?.note, taped?.warning]) {
      if (sentence) append(`${sentence}\r\n`);
    }
    if (signal.aborted) run.skipped(item);
    else if (mismatches.length === 0) run.passed(item, result.runMs);
    else {
      const uri = vscode.Uri.file(inputsPath(crateDir));
      const source = (await readText(uri.fsPath)) ?? '';
      const messages = mismatches.map((mismatch) => {
        const message = messageOf(redactor.data(mismatch));
        message.location = new vscode.Location(
          uri,
          rangeIn(source, located.expectationAt(mismatch.property ?? 'exitCode')),
        );
        return message;
      });
      run.failed(item, messages, result.runMs);
    }
  } catch (thrown) {
    if (signal.aborted) {
      run.skipped(item);
      return;
    }
    const { message, cause, hint } = asErrorValue(thrown);
    const text = [message, cause, hint].filter((part) => part !== null).join('\n');
    run.errored(item, new vscode.TestMessage(redactor.text(text)));
  }
}

function messageOf({ message, expected, actual }: Mismatch): vscode.TestMessage {
  return expected === null || actual === null
    ? new vscode.TestMessage(message)
    : vscode.TestMessage.diff(message, expected, actual);
}
