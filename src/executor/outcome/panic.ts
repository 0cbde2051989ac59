/** A Rust panic as std's default hook prints it to stderr. */
export interface Panic {
  readonly message: string;
  readonly file: string;
  /** Both count from 1. */
  readonly line: number;
  readonly column: number;
}

/**
 * The last panic that a program's stderr tells of; null where there is none. Knows both formats:
 *
 * - since Rust 1.73: `thread 'main' panicked at src/main.rs:2:5:`, with the message on the lines after it;
 * - before: `thread 'main' panicked at 'the message', src/main.rs:2:5`.
 *
 * Newer ones name the thread's number too, `thread 'main' (1) panicked at`.
 */
export function findPanic(stderr: string): Panic | null {
  const start = stderr.lastIndexOf(' panicked at ');
  if (start < 0) return null;
  const text = stderr.slice(start + ' panicked at '.length).replaceAll('\r\n', '\n');
  const found =
    /^(?<file>[^\n']+?):(?<line>\d+):(?<column>\d+):\n(?<message>[^]*)$/.exec(text) ??
    /^'(?<message>[^]*?)', (?<file>[^\n']+?):(?<line>\d+):(?<column>\d+)$/m.exec(text);
  if (found === null) return null;
  const { file = '', line = '', column = '', message = '' } = found.groups ?? {};
  return { message: withoutNotes(message), file, line: Number(line), column: Number(column) };
}

/** Cuts what the hook prints after the message. */
function withoutNotes(text: string): string {
  const notes = /^(note: run with `RUST_BACKTRACE|stack backtrace:|thread ')/m.exec(text);
  return (notes === null ? text : text.slice(0, notes.index)).trimEnd();
}

/** True for a location in Rust's own library, as its released builds name it. */
export function isLibraryFile(file: string): boolean {
  return /^\/rustc\/[0-9a-f]{40}[/\\]/.test(file);
}
