/**
 * JSON laid out with two spaces a level; null for text that is no JSON object or array. Every number, string and key
 * stays as the program wrote it: parsing and writing it again would round long numbers and drop double keys.
 */
export function prettyJson(text: string): string | null {
  if (!/^\s*[{[]/.test(text)) return null;
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  let depth = 0;
  let empty = false;
  let result = '';
  const line = () => `\n${'  '.repeat(depth)}`;
  // The text is valid, so these tokens cover all of it but white space.
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g)) {
    if (token === '}' || token === ']') {
      depth -= 1;
      result += empty ? token : line() + token;
      empty = false;
    } else {
      if (depth > 0 && (empty || result.endsWith(','))) result += line();
      result += token === ':' ? ': ' : token;
      empty = token === '{' || token === '[';
      if (empty) depth += 1;
    }
  }
  return result;
}
