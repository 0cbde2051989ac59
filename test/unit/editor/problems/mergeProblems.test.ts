import assert from 'node:assert/strict';
import { type Mergeable, mergeProblems } from '../../../../src/editor/problems/mergeProblems.ts';

const finding = (change: Partial<Mergeable> = {}): Mergeable => ({
  file: '/a/src/main.rs',
  line: 3,
  message: 'Edition 2024 wants #[unsafe(no_mangle)].',
  isError: true,
  rule: 'wasi/unsafe-attribute',
  crateDir: null,
  ...change,
});

const message = (change: Partial<Mergeable> = {}): Mergeable => ({
  file: '/a/src/main.rs',
  line: 3,
  message: 'unsafe attribute used without unsafe',
  isError: true,
  rule: 'wasi/unsafe-attribute',
  crateDir: '/a',
  ...change,
});

const isBelow = (file: string, folder: string) => file.startsWith(`${folder}/`);
const merged = (findings: Mergeable[], messages: Mergeable[]) => mergeProblems(findings, messages, isBelow);

describe('merging problems', () => {
  it('has a compiler’s message give way to the finding that explains it', () => {
    const one = finding();
    assert.deepEqual(merged([one], [message()]), { findings: [one], messages: [] });
  });

  it('keeps what another crate’s compiler says, and what no finding explains', () => {
    const messages = [
      message({ crateDir: '/b', file: '/b/src/main.rs' }),
      message({ rule: null }),
      message({ rule: 'wasi/c-code', line: 9 }),
    ];
    assert.deepEqual(merged([finding()], messages).messages, messages);
    assert.deepEqual(merged([], [message()]).messages, [message()]);
  });

  it('says that a build failed only where no error says why', () => {
    const failed = finding({ rule: 'wasi/build-failed', file: '/a/Cargo.toml' });
    const warning = message({ rule: null, isError: false });
    const error = message({ rule: null });
    assert.deepEqual(merged([failed], [warning]).findings, [failed]);
    assert.deepEqual(merged([failed], [error]).findings, []);
    assert.deepEqual(merged([failed], [{ ...error, crateDir: '/b' }]).findings, [failed]);
  });

  it('shows once what is said twice of one line, whoever says it', () => {
    const twice = [message({ rule: null }), message({ rule: null }), message({ rule: null, line: 4 })];
    assert.equal(merged([], twice).messages.length, 2);
    const same = finding({ rule: 'wasi/panic', message: 'the same words' });
    assert.deepEqual(merged([same], [message({ rule: null, message: 'the same words' })]).messages, []);
  });
});
