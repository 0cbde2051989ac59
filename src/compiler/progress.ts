import type { BuildProgress } from './buildRequest.ts';

/** Makes cargo draw its progress bar although nobody's terminal is there, wide enough for its counts and a name. */
export const progressEnvironment = {
  CARGO_TERM_COLOR: 'never',
  CARGO_TERM_PROGRESS_WHEN: 'always',
  CARGO_TERM_PROGRESS_WIDTH: '160',
} as const;

/** What a line of cargo's stderr says of its progress; null for a line that people read. */
export function parseProgress(line: string): BuildProgress | null {
  // As in `    Building [====>    ] 12/37: serde, regex-automata(build)`; the names come and go with the width.
  const bar = /^\s*Building \[[=> ]*\] (\d+)\/(\d+)(?:: ([^\s,(]+))?/.exec(line);
  if (!bar) return null;
  return { done: Number(bar[1]), total: Number(bar[2]), crate: bar[3] ?? null, waiting: false };
}

/** Whether cargo says that another cargo holds a lock it waits for. */
export function isWaitingForLock(line: string): boolean {
  return /^\s*Blocking waiting for file lock/.test(line);
}
