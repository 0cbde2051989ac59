import { decodeUtf8 } from '../../shared/text.ts';

/** Where an output that was to be one JSON value is none, as a sentence; null where it is one. */
export function whereJsonStops(output: Uint8Array): string | null {
  const text = decodeUtf8(output);
  try {
    JSON.parse(text);
    return null;
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    const offset = Number(/at position (\d+)/.exec(reason)?.[1] ?? text.length);
    const before = text.slice(0, offset).split('\n');
    const rest = JSON.stringify(text.slice(offset, offset + 30));
    const line = before.length;
    const column = before.at(-1)!.length + 1;
    const where =
      offset >= text.length
        ? 'it ends too early'
        : `it stops being JSON at line ${line}, column ${column}, before ${rest}`;
    return `The output can't be parsed as JSON: ${where}. Print nothing but the JSON to stdout.`;
  }
}
