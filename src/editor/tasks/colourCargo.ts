const reset = '\x1b[0m';
const green = '\x1b[1;32m';
const levels: Readonly<Record<string, string>> = {
  error: '\x1b[1;31m',
  warning: '\x1b[1;33m',
  note: '\x1b[1;36m',
  help: '\x1b[1;36m',
};

/** What cargo and rustc print when they aren't asked for colours, with those that they have in a terminal. */
export function colourCargo(text: string): string {
  return text
    .replaceAll(
      /^( *)(error|warning|note|help)(\[\w+\])?(?=:)/gm,
      (_, indent: string, level: string, code = '') =>
        `${indent}${levels[level] ?? ''}${level}${String(code)}${reset}`,
    )
    .replaceAll(/^( +[A-Z][a-z]+)(?= )/gm, `${green}$1${reset}`);
}
