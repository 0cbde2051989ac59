import type { Node } from 'web-tree-sitter';
import type { RustDocument, RustMacro } from '../documents/rustDocument.ts';
import { editFix } from '../fix.ts';
import type { Rule } from '../rule.ts';

export const noiseInJson: Rule = {
  code: 'wasi/noise-in-json',
  title: 'Messages in a JSON output',
  explanation:
    'All of stdout is the output. One line of another kind beside the JSON, and it no longer parses.',
  severity: 'warning',
  rust: (source) => {
    if (!/\bto_string(_pretty)?\b|\bjson!/.test(source.text)) return [];
    const prints = source.macrosOf(['println', 'print']);
    const json = prints.filter((print) => printsJson(source, print));
    return prints
      .filter((print) => isMessage(print.body) && json.some((each) => bothRun(print.node, each.node)))
      .map(({ nameRange, name }) => ({
        range: nameRange,
        message:
          'This prints a message into the JSON that the program prints, which then no longer parses. Print it to stderr with eprintln!.',
        fixes: [
          editFix('Print it to stderr', source.path, [{ range: nameRange, newText: `e${name}` }], true),
        ],
      }));
  },
};

/** `println!("{}", serde_json::to_string(…)…)`, `json!(…)`, or a variable that was made so. */
function printsJson(source: RustDocument, { node, body }: RustMacro): boolean {
  if (/\bserde_json\s*::\s*to_string|\bjson!\s*[({]/.test(body)) return true;
  const variable = /^\s*"\{(\w*)\}(?:\\n)?"\s*(?:,\s*(\w+)\s*,?)?\s*$/.exec(body);
  const name = variable?.[1] === '' ? variable[2] : variable?.[1];
  if (name === undefined) return false;
  const scope = blockOf(node);
  const before = scope === null ? '' : source.text.slice(scope.startIndex, node.startIndex);
  return new RegExp(
    `\\blet\\s+(?:mut\\s+)?${name}\\s*(?::[^=;]*)?=\\s*(?:serde_json\\s*::\\s*)?(?:to_string(?:_pretty)?\\s*\\(|json!)`,
  ).test(before);
}

/** A format string of words, or one that shows a value for debugging; neither can be a piece of JSON. */
function isMessage(body: string): boolean {
  const format = /^\s*"((?:\\.|[^"\\])*)"/.exec(body)?.[1];
  if (format === undefined) return false;
  return /^[A-Za-z][A-Za-z ]*(?:[ :=.,!…]|$)/.test(format) && !/^(true|false|null)\b/.test(format);
}

/** Whether two statements run one after the other: the first stands in a block that holds the second, before it or after. */
function bothRun(message: Node, json: Node): boolean {
  if (message.id === json.id) return false;
  const block = blockOf(message);
  if (block === null || json.startIndex < block.startIndex || json.endIndex > block.endIndex) return false;
  return blockOf(json)?.id === block.id || message.endIndex < json.startIndex;
}

/** The block whose statement a node is; null where it is part of a larger expression. */
function blockOf(node: Node): Node | null {
  const statement = node.parent;
  const block = statement?.type === 'expression_statement' ? statement.parent : statement;
  return block?.type === 'block' ? block : null;
}
