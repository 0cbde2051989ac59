/** What an `unwrap` or `expect` found that failed to read its input, as Rust's and serde's errors print themselves. */
const readers: readonly { readonly pattern: RegExp; readonly words: (found: RegExpExecArray) => string }[] = [
  {
    // serde_json, and other readers of text that tell where.
    pattern: /\bError\("(.*?)", line: (\d+), column: (\d+)\)/s,
    words: ([, message, line, column]) => `${message}, at line ${line}, column ${column}`,
  },
  {
    pattern: /\bParse(Int|Float|Bool|Char)Error(?: \{ kind: (\w+) \})?/,
    words: ([, what, kind]) =>
      `${noun[what ?? ''] ?? 'a value'} could not be parsed${kind === undefined ? '' : ` (${kind})`}`,
  },
  {
    pattern: /\b(?:From)?Utf8Error\b.*?valid_up_to: (\d+)/s,
    words: ([, at]) => `it is no UTF-8 from byte ${at} on`,
  },
  { pattern: /stream did not contain valid UTF-8/, words: () => 'it is no UTF-8' },
];

const noun: Readonly<Record<string, string>> = {
  Int: 'an integer',
  Float: 'a number',
  Bool: 'true or false',
  Char: 'a character',
};

/** An input that ended before anything of what was wanted, as Rust's and serde's errors tell it. */
const endOfInput =
  /\bEOF while parsing\b|\bkind: Empty\b|\bEmptyString\b|\bUnexpectedEof\b|failed to fill whole buffer/;

/** Whether a panic's message, or what a program wrote to stderr, tells of an input that ended too early. */
export function endedTooEarly(text: string): boolean {
  return endOfInput.test(text);
}

/**
 * What was wrong with the input that a program unwrapped the reading of, from its panic's message; null for any other
 * panic.
 */
export function badInput(panicMessage: string): string | null {
  // `unwrap` says the first; `expect` puts its own words before a colon.
  if (!/^called `Result::unwrap\(\)` on an `Err` value: |: /.test(panicMessage)) return null;
  for (const { pattern, words } of readers) {
    const found = pattern.exec(panicMessage);
    if (found !== null) return words(found);
  }
  return null;
}
