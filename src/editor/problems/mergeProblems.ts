import type { RuleCode } from '../../shared/ruleCode.ts';

/** What merging goes by of a problem, whoever found it. */
export interface Mergeable {
  /** Absolute path. */
  readonly file: string;
  readonly line: number;
  readonly message: string;
  readonly isError: boolean;
  /** Of a finding; of a compiler's message the rule that knows it; null where it is none of ours. */
  readonly rule: RuleCode | null;
  /** Of a compiler's message, the folder of the crate that was built; null for findings. */
  readonly crateDir: string | null;
}

export interface Merged<Finding, Message> {
  readonly findings: readonly Finding[];
  readonly messages: readonly Message[];
}

/**
 * What is left to show once nothing is said twice. A compiler's message gives way to the finding that explains the
 * same mistake in the same crate, and the finding that a build has failed gives way to the errors that say why.
 *
 * @param isBelow whether a file lies in a folder or further down
 */
export function mergeProblems<Finding extends Mergeable, Message extends Mergeable>(
  findings: readonly Finding[],
  messages: readonly Message[],
  isBelow: (file: string, folder: string) => boolean,
): Merged<Finding, Message> {
  const sameCrate = (finding: Finding, { crateDir }: Message) =>
    crateDir !== null && isBelow(finding.file, crateDir);
  const explained = (message: Message) =>
    findings.some(
      (finding) =>
        (message.rule !== null && finding.rule === message.rule && sameCrate(finding, message)) ||
        saysTheSame(finding, message),
    );
  const left = messages.filter((message) => !explained(message));
  const shown = findings.filter(
    (finding) =>
      finding.rule !== 'wasi/build-failed' ||
      !left.some((message) => message.isError && sameCrate(finding, message)),
  );
  return { findings: firstOfEach(shown), messages: firstOfEach(left) };
}

function firstOfEach<T extends Mergeable>(problems: readonly T[]): T[] {
  return problems.filter((problem, at) => problems.findIndex((other) => saysTheSame(problem, other)) === at);
}

function saysTheSame(a: Mergeable, b: Mergeable): boolean {
  return a.file === b.file && a.line === b.line && a.message === b.message;
}
