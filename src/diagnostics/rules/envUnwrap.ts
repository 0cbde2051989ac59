import { argumentsOf } from '../documents/rustDocument.ts';
import type { Rule } from '../rule.ts';
import { fixesOfActions } from '../fixes/actionFixes.ts';
import { failWith } from '../fixes/failWith.ts';

const functions = new Set(['std::env::var']);

export const envUnwrap: Rule = {
  code: 'wasi/env-unwrap',
  title: 'unwrap on an environment variable',
  explanation:
    'The environment of a run holds only what is given to it. Where a variable is missing, unwrap ends the program in a trap that does not name it.',
  severity: 'warning',
  rust: (source) =>
    source.callsOf(functions).flatMap((call) => {
      const unwrap = source.unwrapOf(call);
      if (unwrap === null) return [];
      const name = /^"(\w+)"$/.exec(argumentsOf(call.node)[0]?.text ?? '')?.[1];
      return [
        {
          range: source.rangeOf(unwrap.node),
          message: `Where ${name ?? 'the variable'} is not set this traps without saying so. Return an error that names it.`,
          fixes: [
            ...failWith(source, unwrap, `${name ?? 'an environment variable'} is not set`, false),
            ...(name === undefined
              ? []
              : fixesOfActions([{ kind: 'set-environment', name, file: source.path }])),
          ],
        },
      ];
    }),
};
