/** Whether a `cfg` holds in a build for WASI: null where it depends on how it is built. */
export type CfgValue = boolean | null;

export interface CfgFacts {
  readonly features: ReadonlySet<string>;
}

/**
 * Evaluates the predicate of `#[cfg(…)]` for a WASI target, in a normal build with the default features
 * (https://doc.rust-lang.org/reference/conditional-compilation.html).
 */
export function evaluateCfg(predicate: string, facts: CfgFacts): CfgValue {
  const tokens = predicate.match(/"(?:\\.|[^"\\])*"|[\w-]+|[(),=]/g) ?? [];
  let at = 0;
  const read = (): CfgValue => {
    const name = tokens[at++];
    if (name === undefined) return null;
    if (tokens[at] === '(') {
      at++;
      const members: CfgValue[] = [];
      while (at < tokens.length && tokens[at] !== ')') {
        members.push(read());
        if (tokens[at] === ',') at++;
      }
      at++;
      return combine(name, members);
    }
    if (tokens[at] !== '=') return option(name, null, facts);
    at++;
    return option(name, JSON.parse(stringToken(tokens[at++])) as string, facts);
  };
  return read();
}

function stringToken(token: string | undefined): string {
  return token?.startsWith('"') && !token.includes('\\') ? token : '""';
}

function combine(name: string, members: readonly CfgValue[]): CfgValue {
  switch (name) {
    case 'not':
      return members[0] === undefined || members[0] === null ? null : !members[0];
    case 'all':
      return members.includes(false) ? false : members.includes(null) ? null : true;
    case 'any':
      return members.includes(true) ? true : members.includes(null) ? null : false;
    default:
      return null;
  }
}

/** Options that have one value in every build for WASI. */
const values: Readonly<Record<string, readonly string[]>> = {
  target_arch: ['wasm32'],
  target_os: ['wasi'],
  target_family: ['wasm'],
  target_vendor: ['unknown'],
  target_pointer_width: ['32'],
  target_endian: ['little'],
  panic: ['abort'],
};

function option(name: string, value: string | null, { features }: CfgFacts): CfgValue {
  if (value === null) {
    if (['unix', 'windows', 'test', 'doc', 'doctest', 'miri', 'loom', 'proc_macro', 'docsrs'].includes(name))
      return false;
    return name === 'true' ? true : name === 'false' ? false : null;
  }
  // A feature that isn't on by default may still be asked for.
  if (name === 'feature') return features.has(value) ? true : null;
  return values[name] === undefined ? null : values[name].includes(value);
}
