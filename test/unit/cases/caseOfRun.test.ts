import assert from 'node:assert/strict';
import { fileOfCase, freeCaseName, keptInput, keptOutput } from '../../../src/cases/caseOfRun.ts';
import { encodeUtf8 } from '../../../src/shared/text.ts';

describe('a run’s bytes in a case', () => {
  it('are text where they are short UTF-8, every byte of it', () => {
    for (const text of ['', 'Ada', '\u{feff}zwei\r\n\0', '{"a": 1}\n']) {
      assert.deepEqual(keptInput(encodeUtf8(text), 'in'), { saved: { text }, file: null });
    }
  });

  it('are a file where they are no UTF-8, or long', () => {
    for (const bytes of [Uint8Array.of(0xff, 0), encodeUtf8('x'.repeat(20_000))]) {
      for (const kept of [keptInput(bytes, 'in'), keptOutput(bytes, 'in')]) {
        assert.deepEqual(kept, { saved: { file: 'in' }, file: { name: 'in', bytes } });
      }
    }
  });

  it('are JSON where they were printed as an object or a list, and JSON loses nothing', () => {
    const saved = (text: string) => keptOutput(encodeUtf8(text), 'out').saved;
    assert.deepEqual(saved('{"a":[1]}\n'), { json: { a: [1] } });
    assert.deepEqual(saved('[\n  1,\n  "two"\n]'), { json: [1, 'two'] });
    for (const text of ['7\n', '{"n":12345678901234567890}', '{"a":1,"a":2}', '{"a":', 'word']) {
      assert.deepEqual(saved(text), { text });
    }
  });
});

describe('a name for a run’s case', () => {
  it('is the wanted one, or the next that is free', () => {
    assert.equal(freeCaseName('case 1', []), 'case 1');
    assert.equal(freeCaseName('case 1', ['case 1', 'case 2']), 'case 3');
    assert.equal(freeCaseName('Ada', ['Ada', 'Ada 2']), 'Ada 3');
    assert.equal(freeCaseName('7', ['7']), '7 2');
  });

  it('makes a file’s name that stays in its folder', () => {
    assert.equal(fileOfCase('Ada’s käse/1', '.output'), 'Ada-s-käse-1.output');
    assert.equal(fileOfCase('../..', '.input'), 'case.input');
  });
});
