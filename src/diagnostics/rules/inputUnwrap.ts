import type { Node } from 'web-tree-sitter';
import { argumentsOf, type RustDocument } from '../documents/rustDocument.ts';
import { failWith } from '../fixes/failWith.ts';
import type { Rule } from '../rule.ts';
import { ancestor } from '../rust/enclosing.ts';

const parsers = new Set(['serde_json::from_str', 'serde_json::from_slice', 'serde_json::from_reader']);

export const inputUnwrap: Rule = {
  code: 'wasi/input-unwrap',
  title: 'unwrap on the parsed input',
  explanation:
    'Whoever sends the input can be wrong. unwrap ends the program in a trap; an error that names the input tells them.',
  severity: 'warning',
  rust: (source) =>
    (source.text.includes('stdin') ? source.callsOf(parsers) : []).flatMap((call) => {
      const unwrap = source.unwrapOf(call);
      if (unwrap === null || !isInput(source, call.node, argumentsOf(call.node)[0])) return [];
      return [
        {
          range: source.rangeOf(unwrap.node),
          message:
            'An input that is not what is expected traps here without saying so. Return an error that names the input.',
          fixes: failWith(source, unwrap, 'the input is not the JSON that is expected', true),
        },
      ];
    }),
};

/** Whether what is parsed was read from stdin in the same function. */
function isInput(source: RustDocument, call: Node, argument: Node | undefined): boolean {
  if (argument === undefined) return false;
  if (/\bstdin\b/.test(argument.text)) return true;
  const name = /^&?(?:mut\s+)?(\w+)(?:\.trim\(\)|\.as_str\(\)|\.as_bytes\(\))*$/.exec(argument.text)?.[1];
  const body = ancestor(call, ['function_item']);
  if (name === undefined || body === null) return false;
  const before = source.text.slice(body.startIndex, call.startIndex);
  const filled = new RegExp(`\\.(?:read_to_string|read_to_end|read_line)\\(\\s*&mut\\s+${name}\\b`);
  const bound = new RegExp(`\\blet\\s+(?:mut\\s+)?${name}\\b[^=;]*=[^;]*\\bstdin\\b`);
  return (/\bstdin\b/.test(before) && filled.test(before)) || bound.test(before);
}
