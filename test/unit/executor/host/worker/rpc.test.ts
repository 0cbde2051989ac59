import assert from 'node:assert/strict';
import { createPublicKey, createHash, verify } from 'node:crypto';
import type { Posted } from '../../../../../src/executor/host/worker/rpc/client.ts';
import { rpc } from '../../../../../src/executor/host/worker/rpc/rpc.ts';
import { parseKey } from '../../../../../src/executor/host/worker/rpc/transaction.ts';
import { HttpFailureError, failed } from '../../../../../src/executor/host/http/failure.ts';
import { WaitedTooLong } from '../../../../../src/executor/guest.ts';

type Rpc = Readonly<Record<string, (...args: string[]) => [result: string, error: string]>>;
interface Asked {
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
}

const key = 'ed25519:99eUso3aSbE9tqGSTXzo3TLfKb9RkMTURrHKQ1K7Zh3StnzFNUx8FKCPPPPpR479qsw5zv2WNBKmgiz7WqgAJfM';

describe('near:rpc', () => {
  let asked: Asked[];
  beforeEach(() => (asked = []));
  /** A server that answers each request with what is made of it. */
  const open = (answer: (asked: Asked) => object | Posted = () => ({ result: {} })) =>
    rpc((body) => {
      const { jsonrpc, method, params } = JSON.parse(body) as Asked & { jsonrpc: string };
      assert.equal(jsonrpc, '2.0');
      asked.push({ method, params });
      const found = answer({ method, params });
      return 'status' in found ? found : { status: 200, body: JSON.stringify(found) };
    }) as Rpc;

  it('asks each method of NEAR as the chain’s nodes take it', () => {
    const query = (type: string, more: object, when: object = { finality: 'final' }) => ({
      method: 'query',
      params: { request_type: type, ...more, ...when },
    });
    const id = { account_id: 'a.near' };
    const expected: [name: string, args: string[], asked: object][] = [
      [
        'view',
        ['a.near', 'get', '{"x":1}', ''],
        query('call_function', { ...id, method_name: 'get', args_base64: 'eyJ4IjoxfQ==' }),
      ],
      ['viewAccount', ['a.near', 'optimistic'], query('view_account', id, { finality: 'optimistic' })],
      [
        'viewAccessKey',
        ['a.near', 'ed25519:k', '123'],
        query('view_access_key', { ...id, public_key: 'ed25519:k' }, { block_id: 123 }),
      ],
      ['viewAccessKeyList', ['a.near', 'Hash'], query('view_access_key_list', id, { block_id: 'Hash' })],
      ['viewCode', ['a.near', 'final'], query('view_code', id)],
      ['viewState', ['a.near', 'YQ==', ''], query('view_state', { ...id, prefix_base64: 'YQ==' })],
      ['block', [''], { method: 'block', params: { finality: 'final' } }],
      ['chunk', ['12, 3'], { method: 'chunk', params: { block_id: 12, shard_id: 3 } }],
      ['chunk', ['Hash'], { method: 'chunk', params: { chunk_id: 'Hash' } }],
      ['changes', ['7'], { method: 'EXPERIMENTAL_changes', params: { block_id: 7 } }],
      [
        'sendTx',
        ['AA==', ''],
        { method: 'send_tx', params: { signed_tx_base64: 'AA==', wait_until: 'EXECUTED_OPTIMISTIC' } },
      ],
      [
        'txStatus',
        ['H', 'a.near', 'FINAL'],
        {
          method: 'EXPERIMENTAL_tx_status',
          params: { tx_hash: 'H', sender_account_id: 'a.near', wait_until: 'FINAL' },
        },
      ],
      ['receipt', ['R'], { method: 'EXPERIMENTAL_receipt', params: { receipt_id: 'R' } }],
      ['gasPrice', [''], { method: 'gas_price', params: [null] }],
      ['gasPrice', ['5'], { method: 'gas_price', params: [5] }],
      ['status', [], { method: 'status', params: [] }],
      ['networkInfo', [], { method: 'network_info', params: [] }],
      ['validators', [''], { method: 'validators', params: [null] }],
      ['validators', ['E'], { method: 'validators', params: { epoch_id: 'E' } }],
      ['raw', ['any', '{"a":[1]}'], { method: 'any', params: { a: [1] } }],
    ];
    const client = open();
    for (const [name, args, request] of expected) {
      asked = [];
      assert.deepEqual(client[name]!(...args), ['{"result":{}}', ''], name);
      assert.deepEqual(asked, [request], name);
    }
  });

  it('returns what a view function returned', () => {
    const { view } = open(() => ({ result: { result: [...Buffer.from('"grüß"')] } }));
    assert.deepEqual(view!('a.near', 'get', '{}', ''), ['"grüß"', '']);
  });

  it('puts a server’s error into the result', () => {
    const error = { error: { code: -32000, message: 'Server error', data: 'unknown' } };
    const { view, block } = open(() => error);
    assert.deepEqual(view!('a.near', 'get', '{}', ''), [JSON.stringify(error), '']);
    assert.deepEqual(block!(''), [JSON.stringify(error), '']);
  });

  it('tells what no server answers', () => {
    const refused = new HttpFailureError(failed({ tag: 'connection-refused' }, 'nobody listens'));
    const { status } = rpc(() => {
      throw refused;
    }) as Rpc;
    assert.deepEqual(status!(), ['', 'Failed to send RPC request: nobody listens']);
    assert.deepEqual(open(() => ({ status: 503, body: 'busy' }))['status']!(), [
      '',
      'RPC returned status 503: busy',
    ]);
    assert.deepEqual(open(() => ({ status: 200, body: '<html>' }))['status']!(), [
      '',
      'Failed to parse RPC response',
    ]);
  });

  it('lets through what ends the run', () => {
    const { status } = rpc(() => {
      throw new WaitedTooLong('two time-outs');
    }) as Rpc;
    assert.throws(() => status!(), WaitedTooLong);
  });

  it('may ask a hundred times', () => {
    const { status, call } = open();
    for (let i = 0; i < 100; i++) assert.equal(status!()[1], '');
    const limit = 'RPC rate limit exceeded: 101 calls (max: 100)';
    assert.deepEqual(status!(), ['', limit]);
    assert.deepEqual(call!('a.near', key, 'b.near', 'm', '{}', '0', '1', ''), ['', limit]);
    assert.equal(asked.length, 100);
  });

  const accessKey = { result: { nonce: 41, block_hash: 'cGfHiC6Kgg3FpFZvgwGcswsCRtp4aBP2fzuXRQPizuN' } };
  /** Answers the question for the nonce, and a transaction with what is given. */
  const chain = (answer: object) => open(({ method }) => (method === 'query' ? accessKey : answer));

  it('signs a call with the program’s key, and a nonce above the key’s', () => {
    const { call } = chain({ result: { status: { SuccessValue: '' } } });
    const args = ['alice.testnet', key, 'bob.testnet', 'set_greeting', '{"greeting":"hallo"}'];
    assert.deepEqual(call!(...args, '1', '30000000000000', ''), [
      'FyHby7FKXqth5ScojkPhXJzouAQa4ewtF6oRvyesUXro',
      '',
    ]);
    const [nonce, sent] = asked as [Asked, Asked];
    assert.equal(nonce.params['public_key'], parseKey(key).publicKey);
    assert.equal(sent.method, 'send_tx');
    assert.equal(sent.params['wait_until'], 'FINAL');
    const signed = Buffer.from(String(sent.params['signed_tx_base64']), 'base64');
    const digest = createHash('sha256').update(signed.subarray(0, -65)).digest();
    const publicKey = createPublicKey(parseKey(key).privateKey);
    assert.equal(verify(null, digest, publicKey, signed.subarray(-64)), true);
  });

  it('tells in the error why a transaction failed', () => {
    const transfer = (answer: object) =>
      chain(answer)['transfer']!('alice.testnet', key, 'bob.testnet', '5', 'EXECUTED');
    const error = { error: { message: 'Server error', data: 'Transaction has expired' } };
    assert.deepEqual(transfer(error), ['', 'RPC error: Server error: Transaction has expired']);
    assert.deepEqual(transfer({ result: { status: { Failure: { a: 1 } } } }), [
      '',
      'Transaction failed: {"a":1}',
    ]);
    assert.equal(asked.at(-1)!.params['wait_until'], 'EXECUTED');
    const unknown = open(() => ({ error: { message: 'no such key' } }));
    assert.deepEqual(unknown['transfer']!('alice.testnet', key, 'bob.testnet', '5', ''), [
      '',
      'Failed to get nonce: no such key',
    ]);
  });

  it('refuses what can be no transaction, before it asks anybody', () => {
    const { call, transfer } = open();
    const wrong = [
      call!('a.near', key, 'b.near', 'm', '{}', 'x', '1', ''),
      call!('a.near', key, 'b.near', 'm', '{}', '0', '', ''),
      call!('a.near', key, 'b.near', 'm', '{}', String(2n ** 128n), '1', ''),
      transfer!('a.near', key, 'b.near', '-1', ''),
      transfer!('A', key, 'b.near', '1', ''),
      transfer!('a.near', key, 'b..near', '1', ''),
      transfer!('a.near', 'ed25519:x', 'b.near', '1', ''),
    ];
    for (const [result, error] of wrong) {
      assert.equal(result, '');
      assert.match(error, /^Invalid /);
    }
    assert.deepEqual(asked, []);
  });
});
