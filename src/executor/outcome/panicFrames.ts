import type { Frame } from '../../shared/workbenchError.ts';
import { isLibraryFile, type Panic } from './panic.ts';

/**
 * A panic's backtrace with the innermost frame at the place that the panic names: there may be no line tables, and
 * where the compiler made one piece of code of several panics, they know no line of it. The file stays as line tables
 * wrote it, which have the whole path where a panic has it from the workspace on, so that all frames name it alike.
 *
 * A function with `#[track_caller]` stays where it is: its panic names the place of the caller, a frame further out.
 *
 * @param backtrace from the first frame outside Rust's library on
 */
export function withPlaceOf(panic: Panic, backtrace: readonly Frame[]): readonly Frame[] {
  const [first, ...rest] = backtrace;
  if (first === undefined || isLibraryFile(panic.file)) return backtrace;
  const isThere = ({ file, line }: Frame) => line === panic.line && isNamed(file, panic.file);
  if (first.line !== null && !isThere(first) && rest.some(isThere)) return backtrace;
  const file = backtrace.find((frame) => isNamed(frame.file, panic.file))?.file ?? panic.file;
  return [{ ...first, file, line: panic.line, column: panic.column }, ...rest];
}

/** Whether a path is what a panic calls by the same path, or by its end. */
function isNamed(path: string | null, end: string): boolean {
  const [whole, part] = [path, end].map((one) => one?.replaceAll('\\', '/'));
  return whole === part || (whole?.endsWith(`/${part}`) ?? false);
}
