/**
 * A value in a JSON text, by where it stands there. Numbers, strings and keys stay as the program wrote them, and
 * nothing of a container is looked at before someone opens it.
 */
export interface JsonValue {
  readonly kind: 'object' | 'array' | 'string' | 'number' | 'word';
  readonly start: number;
  /** The position after it. */
  readonly end: number;
  /** Of a container: how many values it has. */
  readonly count: number;
}

export interface JsonChild {
  /** Where it begins: its key, or itself in an array. */
  readonly start: number;
  /** As it is written, quotes included; null in an array. */
  readonly key: string | null;
  /** Its place among its siblings. */
  readonly index: number;
  readonly value: JsonValue;
}

/** The object or array that a text consists of; null for any other text. */
export function jsonRoot(text: string): JsonValue | null {
  if (!/^\s*[{[]/.test(text)) return null;
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  return valueAt(text, afterSpace(text, 0));
}

/**
 * Goes through values of a container.
 *
 * @param from the first of them
 * @param visit false ends the walk
 */
export function eachChild(
  text: string,
  container: JsonValue,
  from: Pick<JsonChild, 'start' | 'index'>,
  visit: (child: JsonChild) => boolean,
): void {
  let at = afterSpace(text, from.start);
  for (let index = from.index; index < container.count; index++) {
    const start = at;
    let key: string | null = null;
    if (container.kind === 'object') {
      const end = afterString(text, at);
      key = text.slice(at, end);
      // The colon.
      at = afterSpace(text, afterSpace(text, end) + 1);
    }
    const value = valueAt(text, at);
    if (!visit({ start, key, index, value })) return;
    // The comma.
    at = afterSpace(text, afterSpace(text, value.end) + 1);
  }
}

/** Where the first value of a container begins. */
export function firstChild(container: JsonValue): Pick<JsonChild, 'start' | 'index'> {
  return { start: container.start + 1, index: 0 };
}

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const [openBrace, closeBrace] = [0x7b, 0x7d];
const [openBracket, closeBracket] = [0x5b, 0x5d];

function isSpace(unit: number): boolean {
  return unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09;
}

function afterSpace(text: string, from: number): number {
  let at = from;
  while (isSpace(text.charCodeAt(at))) at++;
  return at;
}

function afterString(text: string, from: number): number {
  let at = from + 1;
  for (;;) {
    const unit = text.charCodeAt(at);
    if (unit === quote) return at + 1;
    at += unit === backslash ? 2 : 1;
  }
}

function valueAt(text: string, start: number): JsonValue {
  const unit = text.charCodeAt(start);
  if (unit === openBrace || unit === openBracket) return containerAt(text, start);
  if (unit === quote) return { kind: 'string', start, end: afterString(text, start), count: 0 };
  let end = start;
  for (; end < text.length; end++) {
    const each = text.charCodeAt(end);
    if (each === comma || each === closeBrace || each === closeBracket || isSpace(each)) break;
  }
  const kind = unit === 0x2d || (unit >= 0x30 && unit <= 0x39) ? 'number' : 'word';
  return { kind, start, end, count: 0 };
}

function containerAt(text: string, start: number): JsonValue {
  const kind = text.charCodeAt(start) === openBrace ? 'object' : 'array';
  let depth = 0;
  let commas = 0;
  let empty = true;
  for (let at = start; ;) {
    const unit = text.charCodeAt(at);
    if (unit === quote) {
      at = afterString(text, at);
      empty = false;
      continue;
    }
    at++;
    if (unit === openBrace || unit === openBracket) {
      if (depth > 0) empty = false;
      depth++;
    } else if (unit === closeBrace || unit === closeBracket) {
      depth--;
      if (depth === 0) return { kind, start, end: at, count: empty ? 0 : commas + 1 };
    } else if (unit === comma) {
      if (depth === 1) commas++;
    } else if (!isSpace(unit)) empty = false;
  }
}
