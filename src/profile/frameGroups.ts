import type { Frame } from '../shared/workbenchError.ts';
import { originOf } from './origin.ts';

/** A frame with its position in the backtrace. */
export interface NumberedFrame extends Frame {
  readonly index: number;
}

/** Frames that stand together: the user's own, or others', which say little of a failure and are folded. */
export interface FrameGroup {
  readonly own: boolean;
  readonly frames: readonly NumberedFrame[];
}

/** Functions of Rust's library and of the C library under it, where there are no line tables to say whose they are. */
const library = /^<?(?:core|std|alloc|__rustc|panic_abort)::|^_start$|^__main_void$|^_*rust_|^abort$/;

/** A backtrace in groups. A single frame of others' between own ones stays in sight. */
export function frameGroups(backtrace: readonly Frame[]): FrameGroup[] {
  const groups: { own: boolean; frames: NumberedFrame[] }[] = [];
  backtrace.forEach((frame, index) => {
    const own = isOwn(frame);
    const last = groups.at(-1);
    if (last?.own === own) last.frames.push({ ...frame, index });
    else groups.push({ own, frames: [{ ...frame, index }] });
  });
  // Nothing is folded away where nothing would be left.
  const folds = groups.some(({ own }) => own);
  return groups.map(({ own, frames }) => ({ own: own || !folds || frames.length === 1, frames }));
}

/** Whether line tables would tell more: a panic says its own place, the frames below it have none without. */
export function lacksLines(backtrace: readonly Frame[]): boolean {
  return backtrace.length > 1 && backtrace.filter(({ line }) => line !== null).length <= 1;
}

/** Whose frames were folded, in words. */
export function describeFolded({ frames }: FrameGroup): string {
  const names = new Set(
    frames.map(({ file }) => {
      const { origin, name } = originOf(file);
      return origin === 'dependency' ? name : 'Rust’s library';
    }),
  );
  return `${frames.length} frames of ${[...names].join(', ')}`;
}

function isOwn({ file, function: name }: Frame): boolean {
  return file === null ? !library.test(name) : originOf(file).origin === 'yours';
}
