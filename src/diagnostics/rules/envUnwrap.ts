import type { Rule } from '../rule.ts';
import { failWith } from '../fixes/failWith.ts';

export const envUnwrap: Rule = {
  code: 'wasi/env-unwrap',
  title: 'unwrap on an environment variable',
  explanation: 'The environment of a run holds only what is given to it. Where a variable is missing, unwrap ends the program in a trap that does not name it.',
  severity: 'warning',
  rust: (source) =>
    source.methodCalls
      .filter(({ method }) => method === 'unwrap')
      .flatMap((call) => {
        const inner = source.callOf(call.receiver);
        if (inner?.path !== 'std::env::var') return [];
        const name = /^"(\w+)"$/.exec(inner.arguments[0]?.text ?? '')?.[1];
        const what = name === undefined ? 'the variable' : name;
        const message = `${name ?? 'an environment variable'} is not set`;
        return [
          {
            range: source.rangeOf(call.node),
            message: `Where ${what} is not set this traps without saying so. Return an error that names it.`,
            fixes: failWith(source, call, message, false),
          },
        ];
      }),
};
