import type { Report } from '../finding.ts';
import { editFix } from '../fix.ts';
import type { Rule } from '../rule.ts';

const fromStdin = 'std::iter::once(String::new()).chain(std::io::stdin().lines().map_while(Result::ok))';

const functions = new Set(['std::env::args', 'std::env::args_os']);

export const args: Rule = {
  code: 'wasi/args',
  title: 'Arguments on a host that passes none',
  explanation: 'The OutLayer worker passes no arguments, not even a program name: the input comes on stdin.',
  severity: 'warning',
  onlyOutlayer: true,
  rust: (source) => {
    const calls = source.callsOf(functions);
    return calls.map(({ node, path }): Report => {
      const range = source.rangeOf(node);
      // Two readers of stdin would take turns, where two of the arguments each begin anew.
      const fixes =
        calls.length === 1 && path === 'std::env::args'
          ? [
              editFix('Read the arguments from stdin, one a line', source.path, [
                { range, newText: fromStdin },
              ]),
            ]
          : [];
      return {
        range,
        message:
          'The OutLayer worker passes no arguments, so this is always empty. Read the input from stdin.',
        fixes,
      };
    });
  },
};
