import { largestTimeLimitSeconds, smallestTimeLimitSeconds } from '../shared/limits.ts';
import { usageError } from './usage.ts';

/**
 * A whole number within bounds.
 *
 * @param example a value for the hint
 * @throws WorkbenchError `usage`
 */
export function wholeNumber(
  option: string,
  text: string,
  least: number,
  most: number,
  example = least,
): number {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (value >= least && value <= most) return value;
  throw usageError(
    `${option} takes a whole number from ${least} to ${most}, not ${JSON.stringify(text)}.`,
    `Write digits only, such as ${option} ${example}.`,
  );
}

/**
 * A number of seconds within the bounds of a time limit; fractions are allowed.
 *
 * @throws WorkbenchError `usage`
 */
export function seconds(option: string, text: string): number {
  const value = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : NaN;
  if (value >= smallestTimeLimitSeconds && value <= largestTimeLimitSeconds) return value;
  throw usageError(
    `${option} takes a number of seconds from ${smallestTimeLimitSeconds} to ${largestTimeLimitSeconds}, not ${JSON.stringify(text)}.`,
    `Write it such as ${option} 60 or ${option} 0.5.`,
  );
}

/**
 * A percentage, with or without its sign, as a share.
 *
 * @throws WorkbenchError `usage`
 */
export function percentage(option: string, text: string): number {
  const value = /^\d+(?:\.\d+)?%?$/.test(text) ? Number(text.replace('%', '')) : NaN;
  if (Number.isFinite(value)) return value / 100;
  throw usageError(
    `${option} takes a percentage, not ${JSON.stringify(text)}.`,
    `Write it such as ${option} 5 or ${option} 0.5.`,
  );
}

/**
 * One of a list of names.
 *
 * @throws WorkbenchError `usage`
 */
export function oneOf<T extends string>(option: string, text: string, names: readonly T[]): T {
  const found = names.find((name) => name === text);
  if (found !== undefined) return found;
  throw usageError(`${option} takes no ${JSON.stringify(text)}.`, `Choose one of ${names.join(', ')}.`);
}

/**
 * The variables of `--env K=V` options. One that is named again has its last value, at its first place.
 *
 * @throws WorkbenchError `usage`
 */
export function environment(options: readonly string[]): [name: string, value: string][] {
  const variables = new Map<string, string>();
  for (const text of options) {
    const equals = text.indexOf('=');
    if (equals < 1) {
      throw usageError(
        `--env takes NAME=VALUE, not ${JSON.stringify(text)}.`,
        `Write it as --env NAME=value.`,
      );
    }
    variables.set(text.slice(0, equals), text.slice(equals + 1));
  }
  return [...variables];
}

/**
 * The variables of `--secret NAME` options, with the values that they have in this process's own environment.
 *
 * @throws WorkbenchError `usage` for one that is not set
 */
export function secretValues(
  names: readonly string[],
  own: NodeJS.ProcessEnv = process.env,
): [name: string, value: string][] {
  return [...new Set(names)].map((name) => {
    const value = own[name];
    if (value !== undefined) return [name, value];
    throw usageError(`The secret ${name} has no value.`, `Set the environment variable ${name}.`);
  });
}
