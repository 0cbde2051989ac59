/** Characters of a line that lists and objects of plain values may fill. */
const lineWidth = 100;

/** JSON for people: indented by two, short lists and objects of plain values on one line, in the order of their keys. */
export function layOut(value: unknown, indent = ''): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const list = Array.isArray(value);
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  if (entries.length === 0) return list ? '[]' : '{}';
  const nested = entries.some(([, each]) => typeof each === 'object' && each !== null);
  const inner = `${indent}  `;
  const parts = entries.map(([key, each]) => {
    const text = layOut(each, inner);
    return list ? text : `${JSON.stringify(key)}: ${text}`;
  });
  const [open, close] = list ? '[]' : '{}';
  const space = list ? '' : ' ';
  const oneLine = `${open}${space}${parts.join(', ')}${space}${close}`;
  if (!nested && indent.length + oneLine.length <= lineWidth) return oneLine;
  return `${open}\n${packed(parts, list && !nested, inner)}\n${indent}${close}`;
}

/** A part a line; numbers and other plain values of a list share lines. */
function packed(parts: readonly string[], share: boolean, indent: string): string {
  if (!share) return parts.map((part) => indent + part).join(',\n');
  const lines: string[] = [];
  let line = '';
  for (const part of parts) {
    if (line !== '' && indent.length + line.length + part.length + 2 > lineWidth) {
      lines.push(line);
      line = '';
    }
    line += line === '' ? part : `, ${part}`;
  }
  return [...lines, line].map((each) => indent + each).join(',\n');
}
