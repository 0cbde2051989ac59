const verdicts: { readonly text: string; readonly isMet: boolean }[] = [];

/** Prints a figure that may be at most `most`, and whether it is: `metered to plain: 0.62 (bar 0.75: met)`. */
export function atMost(name: string, value: number, most: number, unit = ''): void {
  verdict(name, value, most, unit, value <= most);
}

/** The same for one that has to be at least `least`. */
export function atLeast(name: string, value: number, least: number, unit = ''): void {
  verdict(name, value, least, unit, value >= least);
}

function verdict(name: string, value: number, bar: number, unit: string, isMet: boolean): void {
  const shown = value >= 100 ? value.toFixed(0) : value.toFixed(2);
  const text = `${name}: ${shown}${unit} (bar ${bar}${unit}: ${isMet ? 'met' : 'MISSED'})`;
  verdicts.push({ text, isMet });
  console.log(text);
}

/** Prints how many bars were met, and each that was not. */
export function printVerdict(): void {
  const missed = verdicts.filter(({ isMet }) => !isMet);
  console.log(`${verdicts.length - missed.length} of ${verdicts.length} bars met`);
  for (const { text } of missed) console.log(`  ${text}`);
}
