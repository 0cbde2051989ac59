import assert from 'node:assert/strict';
import { join } from 'node:path';
import { commands } from '../../src/editor/manifest/commands.ts';
import type { ChosenProgram } from '../../src/editor/run/plan.ts';
import { cargoToml, folderWith, lensesOf, workbench } from './support.ts';

const main = 'fn main() {}\n';

describe('code lenses', () => {
  let folder: string;
  before(async () => {
    await workbench();
    folder = folderWith('lenses', {
      'Cargo.toml': '[workspace]\nmembers = ["member"]\nresolver = "3"\n',
      'member/Cargo.toml': cargoToml('member', '[[bin]]\nname = "renamed"\npath = "tools/run.rs"\n'),
      'member/src/main.rs': `// fn main() {}\nmod inner {\n    fn main() {}\n}\n\n#[allow(unused)]\npub ${main}`,
      'member/src/lib.rs': main,
      'member/src/bin/extra.rs': main,
      'member/tools/run.rs': main,
      'member/examples/demo.rs': main,
      'member/tests/main.rs': main,
      'member/build.rs': main,
    });
  });

  const programs: [path: string, program: string | null][] = [
    ['src/main.rs', 'bin member'],
    ['src/bin/extra.rs', 'bin extra'],
    ['tools/run.rs', 'bin renamed'],
    ['examples/demo.rs', 'example demo'],
    ['src/lib.rs', null],
    ['tests/main.rs', null],
    ['build.rs', null],
  ];
  for (const [path, program] of programs) {
    it(`over ${path}: ${program ?? 'none'}`, async () => {
      const lenses = await lensesOf(join(folder, 'member', path));
      const run = lenses.filter(({ command }) => command?.command === commands.run.id);
      const found = run.map(({ command }) => {
        const { crateDir, runnable } = command!.arguments![0] as ChosenProgram;
        assert.equal(crateDir, join(folder, 'member'));
        return `${runnable.kind} ${runnable.name}`;
      });
      assert.deepEqual(found, program === null ? [] : [program]);
    });
  }

  it('stands at the fn main itself', async () => {
    const [lens] = await lensesOf(join(folder, 'member', 'src', 'main.rs'));
    assert.equal(lens!.range.start.line, 6);
    assert.match(lens!.command!.title, /Run WASM/);
  });
});
