import assert from 'node:assert/strict';
import { Ledger } from '../../../../../src/executor/host/worker/ledger.ts';
import { localKey } from '../../../../../src/executor/host/worker/localKey.ts';
import { wallet } from '../../../../../src/executor/host/worker/wallet.ts';
import type { WalletOptions } from '../../../../../src/shared/outlayer.ts';
import { ScratchDatabase } from './support.ts';

type Wallet = Readonly<Record<string, (...args: string[]) => [result: string, error: string]>>;

describe('outlayer:wallet', () => {
  let scratch: ScratchDatabase;
  beforeEach(() => (scratch = new ScratchDatabase()));
  afterEach(() => scratch[Symbol.dispose]());
  const balances = { near: '1000', usdt: '50' };
  const open = (options: WalletOptions = {}) => {
    const all = { balances, ...options };
    const key = () => localKey(scratch.db, 'wallet');
    return wallet(all, new Ledger(scratch.db, 'alice.near', all), key) as Wallet;
  };
  /** What a call answers, and that it is no error. */
  const done = ([result, error]: [string, string]) => {
    assert.equal(error, '');
    return JSON.parse(result) as Record<string, unknown>;
  };
  const balance = (of: Wallet, token: string) => done(of['getBalance']!('near', token))['balance'];

  it('has an identity and addresses', () => {
    const { getId, getAddress } = open();
    const [id] = getId!();
    assert.match(id, /^ed25519:[1-9A-HJ-NP-Za-km-z]{40,}$/);
    const { address, public_key: key } = done(getAddress!('near'));
    assert.match(String(address), /^[\da-f]{64}$/);
    assert.equal(key, id);
    assert.match(String(done(getAddress!('ethereum'))['address']), /^0x[\da-f]{40}$/);
    assert.deepEqual(getAddress!(''), ['', 'chain parameter is required']);
  });

  it('keeps books over runs', () => {
    const first = open();
    const { status, request_id: id, tx_hash: hash } = done(first['transfer']!('near', 'bob.near', '400'));
    assert.equal(status, 'success');
    assert.match(String(hash), /^[1-9A-HJ-NP-Za-km-z]{40,}$/);
    const later = open();
    assert.equal(balance(later, ''), '600');
    assert.equal(done(later['getRequestStatus']!(String(id)))['to'], 'bob.near');
    assert.deepEqual(later['transfer']!('near', 'bob.near', '601'), [
      '',
      'insufficient_balance: 600 of near, 601 needed',
    ]);
    assert.equal(balance(open({ balances: { near: '7' } }), 'near'), '7');
  });

  it('withdraws what was deposited', () => {
    const { withdraw, withdrawDryRun, intentsDeposit, ...more } = open();
    const to = ['ethereum', '0xabc', '30', 'nep141:usdt'];
    assert.equal(done(withdrawDryRun!(...to))['would_succeed'], false);
    assert.match(withdraw!(...to)[1], /^insufficient_balance: 0 of usdt in the intents balance/);
    done(intentsDeposit!('usdt', '40'));
    assert.equal(done(withdrawDryRun!(...to))['would_succeed'], true);
    done(withdraw!(...to));
    assert.match(withdraw!(...to)[1], /^insufficient_balance: 10 of usdt/);
    assert.equal(balance(more as Wallet, 'usdt'), '10');
  });

  it('swaps at a rate, unless it gives too little', () => {
    const { swap, ...more } = open({ rates: { 'near>usdt': 0.25 } });
    assert.match(swap!('near', 'nep141:usdt', '100', '26')[1], /^slippage: 25 of usdt/);
    assert.equal(done(swap!('near', 'nep141:usdt', '100', '25'))['amount_out'], '25');
    assert.deepEqual([balance(more as Wallet, 'near'), balance(more as Wallet, 'usdt')], ['900', '75']);
  });

  it('refuses with the worker’s codes, and books nothing', () => {
    const refusals: [code: string, options: WalletOptions, amount: string][] = [
      ['wallet_busy: .* in_flight_request_id=[-\\da-f]{36}$', { state: 'busy' }, '1'],
      ['wallet_frozen: ', { state: 'frozen' }, '1'],
      ['agent_connect_denied: .* terminal=true$', { state: 'disconnected' }, '1'],
      ['policy_denied: amount 11 ', { limits: { near: '10' } }, '11'],
      ['policy_denied: bob.near ', { recipients: ['carol.near'] }, '1'],
      ['insufficient_balance: ', {}, '1001'],
    ];
    for (const [code, options, amount] of refusals) {
      const books = open(options);
      const [result, error] = books['transfer']!('', 'bob.near', amount);
      assert.equal(result, '');
      assert.match(error, new RegExp(`^${code}`));
      assert.equal(balance(books, 'near'), '1000');
    }
    for (const amount of ['', '-1', '1.5', 'x', '0'])
      assert.notEqual(open()['transfer']!('', 'b', amount)[1], '');
  });

  it('lists its tokens', () => {
    const { tokens } = done(open()['listTokens']!()) as { tokens: { id: string }[] };
    assert.deepEqual(
      tokens.map(({ id }) => id),
      ['near', 'usdt'],
    );
  });

  it('may be asked fifty times, its identity as often as one likes', () => {
    const { listTokens, getId, getRequestStatus } = open();
    for (let i = 0; i < 50; i++) assert.equal(listTokens!()[1], '');
    const limit = 'Wallet rate limit exceeded: 51 calls (max: 50)';
    assert.deepEqual(listTokens!(), ['', limit]);
    assert.deepEqual(getRequestStatus!('x'), ['', limit]);
    assert.equal(getId!()[1], '');
  });
});
