import { TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { pathOfUri } from './paths.ts';

/** The documents that are open in the editor, by their paths. */
export class OpenDocuments {
  /** To be connected to the editor. */
  readonly protocol = new TextDocuments(TextDocument);
  readonly #byPath = new Map<string, TextDocument>();

  constructor() {
    this.protocol.onDidOpen(({ document }) => {
      const path = pathOfUri(document.uri);
      if (path !== null) this.#byPath.set(path, document);
    });
    this.protocol.onDidClose(({ document }) => {
      const path = pathOfUri(document.uri);
      if (path !== null) this.#byPath.delete(path);
    });
  }

  text(path: string): string | undefined {
    return this.#byPath.get(path)?.getText();
  }

  /** Null for a file that isn't open. */
  version(path: string): number | null {
    return this.#byPath.get(path)?.version ?? null;
  }
}
