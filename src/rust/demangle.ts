import { demangleV0 } from './demangleV0.ts';

/**
 * A function's name as its author wrote it, without hashes: Rust's v0 and legacy manglings are undone, and any
 * other name is returned as it is.
 */
export function demangle(name: string): string {
  return demangleV0(name) ?? demangleLegacy(name) ?? name;
}

const escapes: Readonly<Record<string, string>> = {
  SP: '@',
  BP: '*',
  RF: '&',
  LT: '<',
  GT: '>',
  LP: '(',
  RP: ')',
  C: ',',
};

/** The mangling before v0: an Itanium nested name whose last part is a hash. */
function demangleLegacy(name: string): string | null {
  const start = /^_?_?ZN(?=\d)/.exec(name);
  if (start === null) return null;
  const parts: string[] = [];
  let at = start[0].length;
  while (name[at] !== 'E') {
    const digits = /^\d+/.exec(name.slice(at, at + 10))?.[0];
    if (digits === undefined) return null;
    at += digits.length;
    const part = name.slice(at, at + Number(digits));
    if (part.length < Number(digits)) return null;
    at += part.length;
    parts.push(part);
  }
  const hash = parts.pop();
  // Without the hash it is C++'s, not Rust's.
  if (hash === undefined || !/^h[0-9a-f]{16}$/.test(hash) || parts.length === 0) return null;
  return parts.map(unescape).join('::');
}

function unescape(part: string): string {
  return part
    .replace(/^_(?=\$)/, '')
    .replaceAll('..', '::')
    .replace(/\$(?:u([0-9a-f]{1,6})|(SP|BP|RF|LT|GT|LP|RP|C))\$/g, (whole, code?: string, short?: string) => {
      if (short !== undefined) return escapes[short] ?? whole;
      const point = parseInt(code ?? '', 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    });
}
