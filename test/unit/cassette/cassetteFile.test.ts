import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCassette, writeCassette } from '../../../src/cassette/cassetteFile.ts';
import { cassetteOfCase, cassetteOfProgram } from '../../../src/cassette/cassettePath.ts';
import { layOut } from '../../../src/cassette/layout.ts';
import { concludeTaping, type TapedProgram, tapingOf } from '../../../src/cassette/taping.ts';
import type { Cassette } from '../../../src/shared/cassette.ts';
import { WorkbenchError } from '../../../src/shared/workbenchError.ts';

const cassette: Cassette = {
  version: 1,
  program: { name: 'a', sha256: '0'.repeat(64) },
  http: [
    {
      request: {
        method: 'POST',
        url: 'https://a.test/x',
        headers: [['accept', '*/*']],
        body: { text: '{}' },
        trailers: [['x-sum', '1']],
      },
      answeredAfter: 1,
      endedAfter: 2,
      response: {
        status: 200,
        headers: [['x', '\u00e9']],
        body: { base64: '/wA=' },
        chunks: [1, 1],
        trailers: [['sum', '1']],
      },
      failure: { code: 'HTTP-response-body-size', detail: 7, reason: 'too long' },
    },
    {
      request: { method: 'GET', url: 'https://b.test/', headers: [] },
      response: { status: 200, headers: [], withheld: 'its content-encoding, gzip, hides the secret TOKEN' },
    },
  ],
  calls: [{ interface: 'near:rpc/api', function: 'status', arguments: [], result: ['{}', ''] }],
  wallClock: ['2026-01-31T12:00:00.123456789Z'],
  monotonicClock: ['18446744073709551615'],
  random: ['00ff', ''],
  timing: ['poll 0,2', 'read yes ×3', 'write closed', 'get no'],
};

const redaction = { headers: [], secrets: [] };
const program = { name: 'price-feed.wasm', wasm: Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0) };

describe('cassette files', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'cassettes é '));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('hold what was recorded, readably, and the same for the same', async () => {
    const path = join(folder, 'a', 'b.json');
    await writeCassette(path, cassette);
    assert.deepEqual(await readCassette(path), cassette);
    const text = readFileSync(path, 'utf8');
    assert.match(text, /^ {6}"request": \{$/m);
    assert.match(text, /^ {8}"chunks": \[1, 1\],$/m);
    await writeCassette(path, await readCassette(path));
    assert.equal(readFileSync(path, 'utf8'), text);
    assert.deepEqual(readdirSync(join(folder, 'a')), ['b.json']);
  });

  it('name every place that is wrong, and another version', async () => {
    const path = join(folder, 'wrong.json');
    const wrong = { ...cassette, version: 2, random: ['xy'], timing: ['guess 1'], more: 1 };
    writeFileSync(path, layOut(wrong));
    await assert.rejects(readCassette(path), (error) => {
      assert.ok(error instanceof WorkbenchError && error.value.code === 'usage');
      const lines = error.value.cause!.split('\n');
      assert.equal(lines.length, 4);
      assert.match(
        lines[0]!,
        /wrong\.json:2:14: This version of WASI Workbench reads cassettes of version 1/,
      );
      return true;
    });
  });

  it('that are missing say how to record one', async () => {
    await assert.rejects(
      tapingOf('replay', join(folder, 'none.json'), { headers: [], secrets: [] }),
      (error) => error instanceof WorkbenchError && (error.value.hint ?? '').includes('--record'),
    );
  });

  it('are kept after a run that was recorded, and no other', async () => {
    const path = join(folder, 'kept.json');
    const taping = await tapingOf('record', path, redaction);
    const { note, ...rest } = (await concludeTaping(taping, program, { recording: cassette }))!;
    const held = '2 requests, 1 call of the worker’s interfaces, 2 clock readings, and 2 random bytes';
    assert.equal(note, `Recorded ${held} in ${path}.`);
    const warning =
      'The body of GET https://b.test/ was not kept: its content-encoding, gzip, hides the secret TOKEN. ' +
      'A replay fails there. ' +
      'Have the program ask for it with “accept-encoding: identity”, and record it again.';
    assert.deepEqual(rest, { mode: 'record', cassette: path, warning });
    const twice = { ...cassette, http: [cassette.http[1]!, cassette.http[1]!] };
    const more = await concludeTaping(taping, program, { recording: twice });
    assert.match(more!.warning ?? '', /^The body of GET .*, and those of 1 more, were not kept: /);
    const lost = await concludeTaping(taping, program, { recording: null });
    assert.match(lost!.note, /^Nothing was recorded/);
    const nothing = { ...cassette, http: [], calls: [], wallClock: [], monotonicClock: [], random: [] };
    const empty = await concludeTaping(taping, program, { recording: nothing });
    assert.equal(empty!.note, `Recorded a run that got nothing from outside in ${path}.`);
    assert.equal(empty!.warning, null);
    const off = await tapingOf('off', path, redaction);
    assert.equal(await concludeTaping(off, program, { recording: null }), null);
  });

  it('know the program that was recorded: a replay of another says so', async () => {
    const path = join(folder, 'of a program.json');
    await concludeTaping(await tapingOf('record', path, redaction), program, { recording: cassette });
    const taping = await tapingOf('replay', path, redaction);
    const warningOf = async (replayed: TapedProgram) =>
      (await concludeTaping(taping, replayed, { recording: null }))!.warning;
    assert.equal(await warningOf(program), null);
    // The same program by the name that the editor has for it, built with line tables.
    const table = Buffer.concat([program.wasm, Buffer.of(0, 7, 6), Buffer.from('.debug')]);
    assert.equal(await warningOf({ name: 'price-feed', wasm: table }), null);
    const changed = Buffer.concat([program.wasm, Buffer.of(1, 1, 0)]);
    assert.match((await warningOf({ ...program, wasm: changed })) ?? '', /another build of price-feed/);
    assert.match((await warningOf({ name: 'b.wasm', wasm: changed })) ?? '', /another program, price-feed/);
    const without = { ...cassette, program: undefined };
    writeFileSync(path, layOut(without));
    const older = await tapingOf('replay', path, redaction);
    const { note, warning } = (await concludeTaping(older, program, { recording: null }))!;
    assert.deepEqual([note, warning], [`Replayed from ${path}, without a network.`, null]);
  });

  it('have a name of their own for every case', () => {
    const names = ['two words', 'two-words', 'Two-words', '../../x', 'ä', 'ö', 'a'.repeat(300), '-', ''];
    const paths = names.map((name) => cassetteOfCase('/crate', name));
    assert.equal(new Set(paths.map((path) => path.toLowerCase())).size, names.length);
    for (const path of paths) {
      assert.match(
        path.replaceAll('\\', '/'),
        /\/crate\/\.wasi-workbench\/cassettes\/[a-z0-9_-]{1,70}\.json$/,
      );
    }
    assert.notEqual(cassetteOfProgram('/crate', 'x'), cassetteOfCase('/crate', 'x'));
  });
});
