import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { didYouMean, usageError } from './usage.ts';

/**
 * A command's options by their names without dashes: whether each is a flag, takes a value, a list of them, or a value
 * that may be left out, which is written as `--record=FILE`.
 */
export type OptionKinds = Readonly<Record<string, 'flag' | 'value' | 'list' | 'optional'>>;

/** What was given: flags are true or left out, values the last one, lists all in their order. */
export type OptionValues<T extends OptionKinds> = {
  readonly [Name in keyof T]?: T[Name] extends 'flag'
    ? true
    : T[Name] extends 'list'
      ? string[]
      : T[Name] extends 'optional'
        ? true | string
        : string;
};

/**
 * Parses a command's arguments. Unlike `parseArgs`' own strict mode it names the option that was meant, and takes
 * values that start with a dash, as in `--arg -v`.
 *
 * @throws WorkbenchError `usage`
 */
export function parseArguments<T extends OptionKinds>(
  args: readonly string[],
  kinds: T,
): { values: OptionValues<T>; operands: string[] } {
  const options = Object.fromEntries(
    Object.entries(kinds).map(([name, kind]) => [
      name,
      {
        type: kind === 'flag' || kind === 'optional' ? ('boolean' as const) : ('string' as const),
        multiple: kind === 'list',
      },
    ]),
  );
  const parsed = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  for (const token of parsed.tokens) {
    if (token.kind === 'option') checkOption(token, kinds);
  }
  return { values: parsed.values as OptionValues<T>, operands: parsed.positionals };
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}

function checkOption({ name, rawName, value, inlineValue }: OptionToken, kinds: OptionKinds): void {
  const known = Object.keys(kinds).map((each) => `--${each}`);
  if (!known.includes(rawName)) {
    throw usageError(`There is no option ${rawName}.`, didYouMean(rawName, known));
  }
  if (kinds[name] === 'flag') {
    if (value !== undefined) throw usageError(`${rawName} takes no value.`, `Write ${rawName} alone.`);
    return;
  }
  if (kinds[name] === 'optional') {
    if (value === '')
      throw usageError(`${rawName}= needs a value.`, `Write ${rawName} alone, or ${rawName}=FILE.`);
    return;
  }
  // `--input --json` is a value that was forgotten; `--input=--json` is meant.
  if (value === undefined || (!inlineValue && known.includes(value))) {
    throw usageError(`${rawName} needs a value.`, `Write ${rawName}=VALUE; --help shows what it takes.`);
  }
}

/**
 * The one thing a command works on; where none is named the crate in the current folder, as with cargo.
 *
 * @param here the current folder
 * @throws WorkbenchError `usage` where there is none, or more than one
 */
export function onlyOperand(
  operands: readonly string[],
  command: string,
  called: string,
  here = process.cwd(),
): string {
  const [first, second] = operands;
  if (first === undefined && existsSync(join(here, 'Cargo.toml'))) return '.';
  if (first === undefined || first === '') {
    throw usageError(
      `${command} needs ${called}: there is no Cargo.toml in this folder.`,
      `Write: wasi-workbench ${command} ${called}`,
    );
  }
  if (second !== undefined) {
    const hint = command === 'run' ? `An argument for the program is given as --arg ${second}.` : 'Name one.';
    throw usageError(`${command} takes one ${called}, and ${second} is one more.`, hint);
  }
  return first;
}
