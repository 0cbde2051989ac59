import type { Profile } from '../shared/profile.ts';

/** Writes a profile as text; `name` is the program's. */
export type Exporter = (profile: Profile, name: string) => string;

/** How a profile can be saved, by the ending of the file's name; the longest that fits counts. */
export const exporters: ReadonlyMap<string, Exporter> = new Map([
  ['.speedscope.json', speedscope],
  ['.folded', folded],
  ['.json', json],
]);

/** The exporter for a file; null where its ending says nothing. */
export function exporterFor(file: string): Exporter | null {
  for (const [ending, exporter] of exporters) if (file.toLowerCase().endsWith(ending)) return exporter;
  return null;
}

/** The whole profile, its keys an interface: `frames` are the functions' names, outermost first. */
function json({
  fuel,
  fuelModel,
  functions,
  lines,
  unattributed,
  stacks,
  uncounted,
  crates,
  hostCalls,
  growths,
}: Profile): string {
  const named = stacks.map(({ frames, self, calls }) => {
    return { frames: frames.map((frame) => functions[frame]!.name), self, calls };
  });
  const saved = {
    fuel,
    fuelModel,
    functions,
    lines,
    unattributed,
    stacks: named,
    uncounted,
    crates,
    hostCalls,
    growths,
  };
  return `${JSON.stringify(saved, null, 1)}\n`;
}

/** Folded stacks, as flamegraph.pl and its successors read them: `outer;inner units`, a line for each. */
function folded({ stacks, functions }: Profile): string {
  const names = functions.map(({ name }) => name.replaceAll(';', ':').replaceAll(/\s+/g, ' '));
  return stacks.map(({ frames, self }) => `${frames.map((n) => names[n]).join(';')} ${self}\n`).join('');
}

/** A sampled profile of speedscope's file format, https://www.speedscope.app/file-format-schema.json. */
function speedscope({ stacks, functions, fuelModel }: Profile, name: string): string {
  const weights = stacks.map(({ self }) => self);
  return `${JSON.stringify({
    $schema: 'https://www.speedscope.app/file-format-schema.json',
    name,
    exporter: 'WASI Workbench',
    activeProfileIndex: 0,
    shared: {
      frames: functions.map((one) => ({
        name: one.name,
        ...(one.file === null ? {} : { file: one.file }),
        ...(one.line === null ? {} : { line: one.line }),
      })),
    },
    profiles: [
      {
        type: 'sampled',
        name: `${name}: fuel (${fuelModel})`,
        unit: 'none',
        startValue: 0,
        endValue: weights.reduce((sum, weight) => sum + weight, 0),
        samples: stacks.map(({ frames }) => frames),
        weights,
      },
    ],
  })}\n`;
}
