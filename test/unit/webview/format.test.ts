import assert from 'node:assert/strict';
import { formatsOf } from '../../../src/webview/format.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('formatsOf', () => {
  const { exact, percent, bytes, duration } = formatsOf('en');

  it('never rounds exact numbers', () => {
    assert.equal(exact(24_318_904), '24,318,904');
    assert.equal(exact(Number.MAX_SAFE_INTEGER), '9,007,199,254,740,991');
  });

  it('keeps small shares apart from nothing', () => {
    assert.deepEqual(
      [0, 0.000001, 0.0024, 0.0243, 1].map((share) => plain(percent(share))),
      ['0.00 %', '< 0.01 %', '0.24 %', '2.4 %', '100.0 %'],
    );
  });

  it('writes sizes and times with their unit', () => {
    assert.deepEqual(
      [0, 1023, 1536, 191_488, 1_441_792, 134_217_728].map((count) => plain(bytes(count))),
      ['0 B', '1,023 B', '1.5 KiB', '187 KiB', '1.4 MiB', '128 MiB'],
    );
    assert.deepEqual(
      [0.04, 15.22, 400.4, 1250, 64_300].map((time) => plain(duration(time))),
      ['0.0 ms', '15.2 ms', '400 ms', '1.25 s', '64.3 s'],
    );
  });

  it("follows the editor's locale", () => {
    const german = formatsOf('de');
    assert.equal(german.exact(24_318_904), '24.318.904');
    assert.equal(plain(german.percent(0.0243)), '2,4 %');
  });
});
