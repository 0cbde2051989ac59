import { besideInputs } from '../../cases/inputsFile.ts';
import type { SavedStdin } from '../../shared/savedInput.ts';
import { redactorOf, type SecretValue } from '../secrets/redact.ts';
import type { RunPlan } from '../run/plan.ts';

/**
 * The text that a crate's inputs file begins with.
 *
 * @param last what was run last: where it was of this crate, the example has its input, unless a secret is in it
 */
export function exampleInputs(
  crateDir: string,
  last: RunPlan | undefined,
  secrets: readonly SecretValue[],
): string {
  const input = last?.crateDir === crateDir ? last.input : undefined;
  if (input?.kind === 'file') return beginning({ file: besideInputs(crateDir, input.path) });
  const text = input?.kind === 'text' ? input.text : '';
  return beginning({ text: redactorOf(secrets).text(text) === text ? text : '' });
}

function beginning(stdin: SavedStdin): string {
  const [[name, value]] = Object.entries(stdin) as [[string, string]];
  return `{
  // Each case is something to run the program with. Run takes the first until you choose another with
  // “Run with Input…”, and the Testing view runs them all. Completion offers every property and explains it.
  "cases": [
    {
      "name": "example",
      // What the program reads on stdin: "text", "json", or a "file" relative to this folder.
      "stdin": { "${name}": ${JSON.stringify(value)} },
      // What makes the case pass. "output" and "fuel" can be compared too.
      "expect": { "exitCode": 0 }
    }
  ]
}
`;
}
