import assert from 'node:assert/strict';
import { buildJson, nothingRan, runJson } from '../../../src/cli/json.ts';
import { errorValue } from '../../../src/shared/workbenchError.ts';

describe('runJson', () => {
  const noAnswer = {
    success: false,
    message: null,
    billedFuel: 0,
    refundUsd: 0,
    responseFormat: 'text',
    warnings: [],
    price: { yoctoNear: '0', microUsd: 0 },
  };
  const error = errorValue('trap', 'It trapped.', {
    actions: [{ kind: 'show-log' }],
    backtrace: [{ function: 'f', file: 'a.rs', line: 1, column: 2, module: 'm', offset: 3 }],
  });
  const text = runJson({ ...nothingRan(error), output: new Uint8Array([0xff, 0x41]) });

  it('is one line', () => {
    assert.equal(text.indexOf('\n'), text.length - 1);
  });

  it('has exactly the documented keys, in their order', () => {
    assert.deepEqual(Object.entries(JSON.parse(text) as object), [
      ['format', null],
      ['target', null],
      ['success', false],
      ['output', '\ufffdA'],
      ['outputBase64', '/0E='],
      ['stderr', ''],
      ['exitCode', null],
      ['fuel', 0],
      ['fuelModel', 'wasmtime-28'],
      ['peakMemoryBytes', 0],
      ['wasmBytes', 0],
      ['loadMs', 0],
      ['runMs', 0],
      ['worker', noAnswer],
      [
        'error',
        {
          code: 'trap',
          message: 'It trapped.',
          cause: null,
          hint: null,
          backtrace: [{ function: 'f', file: 'a.rs', line: 1, column: 2, module: 'm', offset: 3 }],
        },
      ],
    ]);
  });

  it('says where fuel is a lower bound', () => {
    const ended = runJson({ ...nothingRan(error), measured: 'fuel-at-least' });
    assert.equal((JSON.parse(ended) as { measured: string }).measured, 'fuel-at-least');
  });

  it('has what a program asked of the network, where it did', () => {
    const network = [
      {
        host: 'a.example',
        method: 'GET',
        status: 200,
        bytes: 3,
        ms: 1,
        allowed: true,
        reason: null,
        source: 'network' as const,
      },
    ];
    const { network: told } = JSON.parse(runJson({ ...nothingRan(error), network })) as { network: unknown };
    assert.deepEqual(told, network);
  });
});

describe('buildJson', () => {
  it('has the same keys for a failure', () => {
    const failed = JSON.parse(buildJson(null, errorValue('build-failed', 'No.'))) as Record<string, unknown>;
    assert.deepEqual(Object.keys(failed), [
      'success',
      'artefact',
      'target',
      'cargoTarget',
      'wasmBytes',
      'buildMs',
      'notes',
      'optimised',
      'error',
    ]);
    assert.equal(failed['success'], false);
    assert.deepEqual(failed['error'], {
      code: 'build-failed',
      message: 'No.',
      cause: null,
      hint: null,
      backtrace: [],
    });
  });
});
