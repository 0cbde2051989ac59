/** What a run did, as an oracle and as our engine tell it. */
export interface Outcome extends Ending {
  /** Units consumed in all. */
  readonly fuel: number;
  /** Base64. */
  readonly stdout: string;
  /** Base64. */
  readonly stderr: string;
  readonly calls: readonly CallOutcome[];
  /** Exported memories of the last module. */
  readonly memories: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>;
  /** Exported numeric globals of the last module, as `textOf` writes them. */
  readonly globals: Readonly<Record<string, string>>;
}

export interface Ending {
  /** `ok`, `exit`, `invalid`, `link`, `memory-limit`, the name of a trap, or `other`. */
  readonly kind: string;
  readonly exitCode: number | null;
  /** The engine's own text; not compared. */
  readonly detail: string | null;
}

export interface CallOutcome extends Ending {
  /** Units consumed up to its end, earlier calls included. */
  readonly fuel: number;
  readonly results: readonly string[];
}

/** V8 has one message for what wasmtime tells apart. */
const sameInV8: Readonly<Record<string, string>> = {
  'indirect-call-to-null': 'indirect-call',
  'bad-signature': 'indirect-call',
  'integer-overflow': 'unrepresentable',
  'bad-conversion-to-integer': 'unrepresentable',
};

const kindOf = (ending: Ending) => sameInV8[ending.kind] ?? ending.kind;

/** The first thing that differs, as a sentence; null where the outcomes are equal. */
export function difference(expected: Outcome, actual: Outcome): string | null {
  for (const [index, call] of expected.calls.entries()) {
    const ours = actual.calls[index];
    if (ours === undefined) return `call ${index} was not made: ${actual.kind} ${actual.detail ?? ''}`;
    // How deep a stack goes is up to the engine, and with it all that follows.
    if (call.kind === 'stack-overflow' && ours.kind === call.kind) return null;
    const found = differentEnding(call, ours) ?? differentText('results', call.results, ours.results);
    if (found !== null) return `call ${index}: ${found}`;
  }
  return (
    differentEnding(expected, actual) ??
    differentText('stdout', fromBase64(expected.stdout), fromBase64(actual.stdout)) ??
    differentText('stderr', fromBase64(expected.stderr), fromBase64(actual.stderr)) ??
    differentText('memories', expected.memories, actual.memories) ??
    differentText('globals', expected.globals, actual.globals)
  );
}

function differentEnding(
  expected: Ending & { fuel: number },
  actual: Ending & { fuel: number },
): string | null {
  if (kindOf(expected) !== kindOf(actual)) {
    return `ended with ${actual.kind} (${brief(actual)}), wasmtime with ${expected.kind} (${brief(expected)})`;
  }
  if (expected.exitCode !== actual.exitCode) {
    return `exit code ${actual.exitCode}, wasmtime's ${expected.exitCode}`;
  }
  if (expected.fuel === actual.fuel) return null;
  return `fuel ${actual.fuel}, wasmtime's ${expected.fuel} (${actual.fuel - expected.fuel}), both ending with ${expected.kind}`;
}

function differentText(what: string, expected: unknown, actual: unknown): string | null {
  const [left, right] = [expected, actual].map((value) => JSON.stringify(value));
  if (left === right) return null;
  return `${what} ${shorten(right!)}, wasmtime's ${shorten(left!)}`;
}

const shorten = (text: string) => (text.length > 300 ? `${text.slice(0, 300)}… (${text.length})` : text);
const fromBase64 = (text: string) => Buffer.from(text, 'base64').toString('latin1');

/** The first lines of what an engine said; a deep stack has thousands. */
function brief({ detail }: Ending): string {
  return detail === null ? 'no text' : detail.split('\n').slice(0, 6).join('\n');
}
