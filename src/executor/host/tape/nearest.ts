import { distance } from 'fastest-levenshtein';

/** Characters of a name that a message shows. */
const mostShown = 300;

/** `; the nearest there is: …`, or that there is none. */
export function nearestHint(wanted: string, recorded: readonly string[]): string {
  if (recorded.length === 0) return ', which has none of its kind';
  const nearest = recorded.reduce((best, each) =>
    distance(wanted, each) < distance(wanted, best) ? each : best,
  );
  return `; the nearest there is: ${shown(nearest)}`;
}

function shown(name: string): string {
  return name.length > mostShown ? `${name.slice(0, mostShown)}…` : name;
}
