import { LineIndex } from '../position.ts';

/** A file that configures how a crate is built: .cargo/config.toml, rust-toolchain.toml, .vscode/tasks.json. */
export class ConfigDocument {
  readonly path: string;
  readonly text: string;
  readonly lines: LineIndex;
  /** The same text with comments blanked out, so that offsets stay. */
  readonly code: string;

  constructor(path: string, text: string) {
    this.path = path;
    this.text = text;
    this.lines = new LineIndex(text);
    this.code = withoutComments(text, path.endsWith('.json') ? jsonComment : tomlComment);
  }
}

// Strings are matched too, so that what looks like a comment inside of one is none.
const jsonComment = /"(?:\\.|[^"\\\n])*"|\/\/[^\n]*|\/\*[^]*?\*\//g;
const tomlComment = /"""[^]*?"""|'''[^]*?'''|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|#[^\n]*/g;

function withoutComments(text: string, tokens: RegExp): string {
  return text.replace(tokens, (token) => (/^["']/.test(token) ? token : token.replace(/[^\n]/g, ' ')));
}
