import { editFix } from '../fix.ts';
import type { Rule } from '../rule.ts';

export const unsafeAttribute: Rule = {
  code: 'wasi/unsafe-attribute',
  title: 'An attribute that edition 2024 wants unsafe',
  explanation:
    'Edition 2024 wants #[unsafe(no_mangle)] where older editions had #[no_mangle]: it can clash with other symbols.',
  severity: 'error',
  rust: (source, { edition }) => {
    if (edition !== '2024') return [];
    return source.attributes.flatMap((attribute) => {
      const found = /^#\[(\s*)((?:no_mangle|export_name|link_section)\b[^\]]*)\]$/.exec(attribute.text);
      if (found === null) return [];
      const [, space = '', body = ''] = found;
      const start = attribute.startIndex + 2 + space.length;
      const range = source.lines.rangeOf(start, start + body.length);
      return [
        {
          range,
          severity: 'error' as const,
          message: `Edition 2024 wants #[unsafe(${body.trim()})] where older editions had #[${body.trim()}].`,
          fixes: [
            editFix('Wrap it in unsafe(…)', source.path, [{ range, newText: `unsafe(${body})` }], true),
          ],
        },
      ];
    });
  },
};
