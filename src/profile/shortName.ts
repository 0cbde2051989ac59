/**
 * A function's name where there is little room: the last parts of its path, generic arguments as `<…>`, and of
 * `<T as Trait>::method` the type, or the trait where the type is a parameter. The whole name where it is no path.
 */
export function shortName(name: string): string {
  const parts = split(name, '::');
  if (parts === null) return name;
  const short: string[] = [];
  for (const [n, part] of parts.entries()) {
    const isWhole = part.startsWith('<') && part.endsWith('>');
    if (!isWhole) short.push(withoutArguments(part));
    // `<impl Trait for T>`, as of the older mangling, stands within a path.
    else if (n === 0 || part.startsWith('<impl ')) short.push(shortSelf(part.slice(1, -1)));
    else short[n - 1] = withoutArguments(`${short[n - 1]!}<>`);
    if (short.length <= n) short.push('');
  }
  const named = short.filter((part) => part !== '');
  let from = Math.max(0, named.length - 2);
  // Closures are called by what they are in.
  while (from > 0 && named[from]!.startsWith('{')) from--;
  return named.slice(from).join('::');
}

/** The last part of a path without its generic arguments, such as `call_once`. */
export function plainName(name: string): string {
  return shortName(name).split('::').at(-1)!.replace(/<…>$/, '');
}

/** Who has a method: what stands in the angle brackets before it. */
function shortSelf(text: string): string {
  const [, trait = '', type = text] = /^impl (?:(.*) for )?(.*)$/.exec(text) ?? [];
  const [self = type, as = trait] = split(type, ' as ') ?? [];
  const isParameter = /^(?:[&*]|'\w+ |mut |const )*(?:_|[A-Z][A-Z0-9]?)$/.test(self);
  return shortType(isParameter && as !== '' ? as : self);
}

/** A type by the last part of its path. What points to it is left out: it has the same methods. */
function shortType(type: string): string {
  const bare = type.replace(/^(?:[&*]|'\w+ |mut |const )+/, '');
  const list = /^\[(.*)\]$/s.exec(bare)?.[1];
  if (list !== undefined) {
    const [element = list, ...length] = split(list, '; ') ?? [];
    return `[${[shortType(element), ...length].join('; ')}]`;
  }
  if (/^\(.+\)$/s.test(bare)) return '(…)';
  const [, keyword = '', rest = bare] = /^((?:for<[^>]*> )?dyn )(.*)$/s.exec(bare) ?? [];
  if (/^(?:for<[^>]*> )?(?:unsafe )?(?:extern "[^"]*" )?fn\(/.test(rest)) return 'fn(…)';
  const first = split(rest, ' + ')?.[0] ?? rest;
  const parts = split(first, '::') ?? [first];
  return keyword + withoutArguments(parts.at(-1)!);
}

function withoutArguments(part: string): string {
  const start = part.indexOf('<');
  return start <= 0 ? part : `${part.slice(0, start)}<…>`;
}

const closing: Readonly<Record<string, string>> = { '<': '>', '(': ')', '[': ']', '{': '}' };

/** Splits at a separator that stands in no brackets; null where brackets don't match. */
function split(text: string, separator: string): string[] | null {
  const parts: string[] = [];
  const open: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    // A constant among the arguments, such as `'<'`.
    if (char === "'" && text[at + 2] === "'") at += 2;
    else if (closing[char] !== undefined) open.push(closing[char]);
    else if (char === '>' && text[at - 1] === '-') continue;
    else if (/[>)\]}]/.test(char)) {
      if (open.pop() !== char) return null;
    } else if (open.length === 0 && text.startsWith(separator, at)) {
      parts.push(text.slice(start, at));
      start = at + separator.length;
      at = start - 1;
    }
  }
  return open.length > 0 ? null : [...parts, text.slice(start)];
}
