import assert from 'node:assert/strict';
import { ensureOracles } from '../../scripts/lib/oracles.mjs';
import { encodeUtf8 } from '../../src/shared/text.ts';
import { Oracle } from '../conformance/oracle.ts';
import {
  type Asked,
  asking,
  httpProgram,
  runHttp,
  type Servers,
  startServers,
} from '../unit/executor/host/http/http.ts';

/** Answers that arrive in one piece on any machine: what a body's pieces cost depends on when they arrive. */
const requests: Readonly<Record<string, Omit<Asked, 'authority'>>> = {
  'a plain answer': {},
  'a redirect': { path: '/redirect' },
  'a status of failure': { path: '/none' },
  'a body there and back': { method: 'POST', path: '/echo', bodyBytes: 100 },
};

const redaction = { headers: [], secrets: [] };

describe('wasi:http against wasmtime 28', function () {
  this.timeout(1_200_000); // the fixture and the oracle may have to be built
  let program: Uint8Array;
  let oracle: Oracle;
  let servers: Servers;

  before(async () => {
    program = await httpProgram('request');
    oracle = new Oracle((await ensureOracles())['wasmtime-28-p2']);
    servers = await startServers();
  });
  after(async () => {
    oracle[Symbol.dispose]();
    await servers[Symbol.asyncDispose]();
  });

  for (const [what, asked] of Object.entries(requests)) {
    it(`${what}: the same output at the same fuel, replayed too`, async () => {
      const input = asking({ authority: `127.0.0.1:${servers.http}`, ...asked });
      const modules = [{ name: 'request', bytes: program }];
      const { outcomes } = await oracle.run(
        { name: 'request', kind: 'p2', modules, stdin: encodeUtf8(input) },
        [1e11],
      );
      const theirs = outcomes[0]!;
      const record = { mode: 'record', redaction } as const;
      const recorded = await runHttp(program, input, { allowLocal: true }, 60, { tape: record });
      const cassette = recorded.report.recording!;
      const replay = { mode: 'replay', cassette, redaction } as const;
      const replayed = await runHttp(program, input, { enabled: false }, 60, { tape: replay });

      const written = Buffer.from(theirs.stdout, 'base64').toString();
      assert.match(written, /^status \d+\n[^]*\nbody \d+ \d+ closed\n/);
      assert.equal(undated(recorded.stdout), undated(written));
      assert.equal(replayed.stdout, recorded.stdout);
      assert.deepEqual([recorded.report.fuel, replayed.report.fuel], [theirs.fuel, theirs.fuel]);
    });
  }
});

/** The server's clock goes on between the two runs; its text keeps its length. */
const undated = (text: string) => text.replace(/^date: .*$/m, 'date');
