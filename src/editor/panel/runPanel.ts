import * as vscode from 'vscode';
import { parsePanelRequest, type PanelRequest, type PanelUpdate } from '../../shared/panelMessages.ts';
import { panelHtml, webviewRoot } from './html.ts';

const panelViewType = 'wasi-workbench.run';

/** The window's one run panel: opened on demand, restored with the window, and fed while it can be seen. */
export class RunPanel implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #onRequest: (request: PanelRequest) => void;
  readonly #serializer: vscode.Disposable;
  #panel: vscode.WebviewPanel | undefined;
  /** Whether the page has said that it listens. */
  #ready = false;

  constructor(extensionUri: vscode.Uri, onRequest: (request: PanelRequest) => void) {
    this.#extensionUri = extensionUri;
    this.#onRequest = onRequest;
    this.#serializer = vscode.window.registerWebviewPanelSerializer(panelViewType, this);
  }

  /** Brings the panel into sight beside the source, without taking the focus from it unless asked. */
  reveal({ focus = false } = {}): void {
    if (this.#panel === undefined) {
      const unresolved = restoredTabs();
      const viewColumn = unresolved[0]?.group.viewColumn ?? vscode.ViewColumn.Beside;
      const place = { viewColumn, preserveFocus: !focus };
      this.#adopt(vscode.window.createWebviewPanel(panelViewType, 'Run WASM', place));
      void vscode.window.tabGroups.close(unresolved, true);
    } else if (focus || !this.#panel.visible) {
      this.#panel.reveal(undefined, !focus);
    }
  }

  /** Dropped while there is no page to take it: a page asks for everything once it is there. */
  send(update: PanelUpdate): void {
    if (this.#ready) void this.#panel?.webview.postMessage(update);
  }

  deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    this.#panel?.dispose();
    this.#adopt(panel);
    return Promise.resolve();
  }

  dispose(): void {
    this.#serializer.dispose();
    this.#panel?.dispose();
  }

  #adopt(panel: vscode.WebviewPanel): void {
    this.#panel = panel;
    this.#ready = false;
    panel.iconPath = new vscode.ThemeIcon('play-circle');
    // The page belongs to the panel, so both listeners end with it.
    panel.onDidDispose(() => {
      if (this.#panel !== panel) return;
      this.#panel = undefined;
      this.#ready = false;
    });
    panel.onDidChangeViewState(() => {
      // A hidden page is thrown away; it asks again when it is shown.
      if (!panel.visible) this.#ready = false;
    });
    panel.webview.onDidReceiveMessage((message: unknown) => {
      const request = parsePanelRequest(message);
      if (request === null) return;
      if (request.type === 'ready') this.#ready = true;
      this.#onRequest(request);
    });
    panel.webview.options = { enableScripts: true, localResourceRoots: [webviewRoot(this.#extensionUri)] };
    panel.webview.html = panelHtml(panel.webview, this.#extensionUri);
  }
}

/** Tabs that a reload of the window brought back, and behind which there is no panel until somebody looks at them. */
function restoredTabs(): vscode.Tab[] {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  // The editor puts a prefix of its own before the type.
  return tabs.filter(
    ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(panelViewType),
  );
}
