import type { Call, ModuleFile, Program, Value } from '../program.ts';
import { assemble } from '../wat.ts';

/** A small hand-written program. */
export interface Shape extends Partial<Omit<Program, 'name' | 'kind' | 'modules' | 'calls'>> {
  readonly name: string;
  /** The module that is called, or several that import from each other by these names, the called one last. */
  readonly wat: string | Readonly<Record<string, string>>;
  /** Each an export and its arguments, such as `f i32:1 f64:0`; numbers by their bits. */
  readonly calls?: readonly string[];
}

export async function shapeProgram({ name, wat, calls = [], ...rest }: Shape): Promise<Program> {
  const modules: ModuleFile[] = [];
  for (const [module, text] of Object.entries(typeof wat === 'string' ? { main: wat } : wat)) {
    modules.push({ name: module, bytes: await assemble(name, `(module ${text})`) });
  }
  return { ...rest, name: `shapes/${name}`, kind: 'core', modules, calls: calls.map(parseCall) };
}

function parseCall(text: string): Call {
  const [name, ...args] = text.split(' ');
  return { export: name!, args: args.map((arg) => arg.split(':') as unknown as Value) };
}
