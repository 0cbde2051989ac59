import type { RustDocument, Unwrap } from '../documents/rustDocument.ts';
import type { Fix } from '../fix.ts';
import { editFix } from '../fix.ts';
import { enclosingFunction } from '../rust/enclosing.ts';

/** Replaces an `unwrap` by an error in words: returned where the function returns any error, else printed before an exit. */
export function failWith(
  source: RustDocument,
  { node, range }: Unwrap,
  message: string,
  withError: boolean,
): Fix[] {
  const around = enclosingFunction(node);
  const type = around?.type === 'function_item' ? around.childForFieldName('return_type')?.text : undefined;
  const name = withError ? 'error' : '_';
  const text = withError ? `${message}: {error}` : message;
  const returnsAnyError =
    type !== undefined && /\bResult\s*<[^]*,\s*Box\s*<\s*dyn\s+(?:std::error::)?Error\b/.test(type);
  const newText = returnsAnyError
    ? `.map_err(|${name}| ${withError ? `format!("${text}")` : JSON.stringify(text)})?`
    : `.unwrap_or_else(|${name}| { eprintln!("${text}"); std::process::exit(1) })`;
  const title = returnsAnyError ? 'Return an error that says so' : 'Print an error that says so, and exit';
  return [editFix(title, source.path, [{ range, newText }], true)];
}
