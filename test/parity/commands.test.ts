import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildCorpus } from '../../scripts/lib/fixtures.mjs';
import { ensureOracles } from '../../scripts/lib/oracles.mjs';
import { Oracle } from '../conformance/oracle.ts';
import { type Case, cases } from './cases.ts';
import { runCli } from './cli.ts';

const profile = 'os';
const fuel = 50_000_000_000;

interface JsonResult {
  readonly outputBase64: string;
  readonly stderr: string;
  readonly exitCode: number | null;
}

for (const [kind, model] of [
  ['p1', 'wasmtime-28'],
  ['p2', 'wasmtime-current'],
] as const) {
  describe(`wasi-workbench run against ${model}: ${kind}`, () => {
    let oracle: Oracle;
    let corpus: string;
    let scratch: string;

    before(async function () {
      this.timeout(1_200_000);
      corpus = await buildCorpus([profile]);
      oracle = new Oracle((await ensureOracles())[model]);
      scratch = mkdtempSync(join(tmpdir(), 'parität mit lücke '));
    });

    after(() => {
      oracle[Symbol.dispose]();
      rmSync(scratch, { recursive: true, force: true });
    });

    const pathOf = (bin: string) => join(corpus, `wasm32-wasi${kind}`, profile, `${bin}.wasm`);

    /** A fresh folder to give, with a file beside it that must stay out of reach. */
    function folderFor(owner: string): string {
      const outer = join(scratch, owner);
      rmSync(outer, { recursive: true, force: true });
      mkdirSync(join(outer, 'given'), { recursive: true });
      writeFileSync(join(outer, 'outside'), 'secret');
      return join(outer, 'given');
    }

    function cliArgs({ bin, args = [], env = [], folder = false }: Case): string[] {
      return [
        ...['run', pathOf(bin), '--max-instructions', String(fuel)],
        ...args.map((arg) => `--arg=${arg}`),
        ...env.flatMap(([name, value]) => ['--env', `${name}=${value}`]),
        ...(folder ? ['--dir', `${folderFor('ours')}::.`] : []),
      ];
    }

    async function expected({ bin, stdin = new Uint8Array(), args = [], env = [], folder = false }: Case) {
      const argv = args.length === 0 ? [] : [`${bin}.wasm`, ...args];
      const modules = [{ name: bin, bytes: readFileSync(pathOf(bin)) }];
      const dirs = folder ? [[folderFor('theirs'), '.']] : [];
      const program = { name: bin, kind, modules, stdin, argv, env };
      const [outcome] = (await oracle.run(program, [fuel], { dirs })).outcomes;
      return outcome!;
    }

    for (const one of cases) {
      it(`${one.title} (${one.bin})`, async () => {
        const theirs = await expected(one);
        const { stdout, stderr } = await runCli([...cliArgs(one), '--json'], one.stdin ?? new Uint8Array());
        assert.notEqual(stdout.length, 0, stderr.toString());
        const ours = JSON.parse(stdout.toString()) as JsonResult;
        assert.equal(ours.exitCode, theirs.exitCode);
        assert.ok(ours.outputBase64 === theirs.stdout, 'stdout differs');
        assert.equal(ours.stderr, Buffer.from(theirs.stderr, 'base64').toString());
      });
    }

    for (const title of ['10 MB in and out', 'exit 42', 'a panic']) {
      it(`byte for byte on the process's own streams: ${title}`, async () => {
        const one = cases.find((other) => other.title === title)!;
        const theirs = await expected(one);
        const ours = await runCli([...cliArgs(one), '--quiet'], one.stdin ?? new Uint8Array());
        assert.equal(ours.code, theirs.exitCode === 0 ? 0 : 1);
        assert.ok(ours.stdout.equals(Buffer.from(theirs.stdout, 'base64')), 'stdout differs');
      });
    }

    it('gives the same random numbers for the same seed, and others for another', async () => {
      const [first, again, other] = await Promise.all(
        ['7', '7', '8'].map(async (seed) => {
          const { stdout } = await runCli(
            ['run', pathOf('random'), '--quiet', '--seed', seed],
            new Uint8Array(),
          );
          return stdout.toString();
        }),
      );
      assert.match(first!, /^[0-9a-f]+\n[0-9a-f]+\n$/);
      assert.equal(again, first);
      assert.notEqual(other, first);
    });
  });
}
