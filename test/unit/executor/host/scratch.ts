import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A fresh folder with a space and a letter outside ASCII in its name, holding `inside` and `outside`. */
export interface Scratch extends Disposable {
  /** For the preopen. */
  readonly inside: string;
  /** Its sibling, which no guest may see. */
  readonly outside: string;
}

export function scratchFolder(): Scratch {
  const root = mkdtempSync(join(tmpdir(), 'wasi wörk-'));
  const [inside, outside] = [join(root, 'inside'), join(root, 'outside')];
  mkdirSync(inside);
  mkdirSync(outside);
  return { inside, outside, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) };
}
