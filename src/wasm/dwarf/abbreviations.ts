import { Cursor } from './cursor.ts';
import { form } from './forms.ts';

/** What a debugging entry of one code looks like. */
export interface Abbreviation {
  readonly tag: number;
  readonly hasChildren: boolean;
  /** In their order; `constant` is for DW_FORM_implicit_const, which has no bytes in the entry. */
  readonly attributes: readonly { readonly name: number; readonly form: number; readonly constant: number }[];
}

/** The abbreviations at `offset` of .debug_abbrev, by code. */
export function readAbbreviations(section: Uint8Array, offset: number): Map<number, Abbreviation> {
  const cursor = new Cursor(section, offset);
  const found = new Map<number, Abbreviation>();
  for (let code = cursor.uleb(); code !== 0; code = cursor.uleb()) {
    const tag = cursor.uleb();
    const hasChildren = cursor.u8() !== 0;
    const attributes = [];
    for (;;) {
      const name = cursor.uleb();
      const kind = cursor.uleb();
      if (name === 0 && kind === 0) break;
      attributes.push({ name, form: kind, constant: kind === form.implicitConst ? cursor.sleb() : 0 });
    }
    found.set(code, { tag, hasChildren, attributes });
  }
  return found;
}
